import type { PolicyLayer, PolicySettings, PolicyView, Retention, UtcMillis } from "@/api/types";

type Key = keyof PolicySettings;

/** Who decided something: nobody, so that the product's own choice holds, or a layer. */
export interface Decision {
  by: "default" | "organization" | "team" | "employee";
  atMs?: UtcMillis;
}

/** One thing that holds for the person, said to them. */
export interface PolicyLine {
  about: "pictures" | "blur" | "live" | "idle" | "start" | "pause";
  words: string;
  decision: Decision;
}

/** A policy in plain words. What does not matter because nothing is captured is left out. */
export function policyLines({ effective, layers }: PolicyView): readonly PolicyLine[] {
  const isCaptured = effective.screenshots === true || effective.liveView === true;
  const line = (about: PolicyLine["about"], words: string, ...keys: Key[]): PolicyLine => ({
    about,
    words,
    decision: decisionOn(keys, layers),
  });
  return [
    line("pictures", picturesWords(effective), "screenshots", "captureIntervalMinutes"),
    line("live", liveWords(effective), "liveView"),
    ...(isCaptured ? [line("blur", blurWords(effective), "blur")] : []),
    ...(isCaptured ? [line("pause", pauseWords(effective), "pauseAllowed")] : []),
    line("idle", idleWords(effective), "idleAfterMs"),
    line("start", startWords(effective), "startMode"),
  ];
}

/** For how long what is recorded stays. */
export function retentionWords({ screenshotsDays, workDays, auditDays }: Retention): string {
  return (
    `Pictures are deleted after ${days(screenshotsDays)}, hours and status after ${days(workDays)}, ` +
    `the log of who changed what and the record of who watched you after ${days(auditDays)}.`
  );
}

/** The nearest layer that decides one of the settings. */
function decisionOn(keys: readonly Key[], layers: readonly PolicyLayer[]): Decision {
  const nearest = layers.findLast(({ settings }) => keys.some((key) => settings[key] != null));
  if (!nearest) return { by: "default" };
  const { scope, changedAt } = nearest;
  const by = "employee" in scope ? "employee" : "team" in scope ? "team" : "organization";
  return { by, atMs: changedAt };
}

function picturesWords({ screenshots, captureIntervalMinutes }: PolicySettings): string {
  if (screenshots !== true) return "No pictures are taken of your screen.";
  return (
    `A picture of your screen is taken about every ${captureIntervalMinutes} minutes, at a moment that is not known ` +
    "beforehand. Only while you are punched in, and not while you are idle or on a break."
  );
}

function liveWords({ liveView }: PolicySettings): string {
  return liveView === true
    ? "Your managers and the administrators may watch your screen live. You see who, for as long as they do, and every viewing is kept."
    : "Nobody may watch your screen live.";
}

function blurWords({ blur }: PolicySettings): string {
  switch (blur) {
    case "strong":
      return "Pictures are blurred strongly on your machine, before anything leaves it: no text can be read in them.";
    case "light":
      return "Pictures are blurred a little on your machine, before anything leaves it.";
    default:
      return "Pictures are not blurred.";
  }
}

function pauseWords({ pauseAllowed }: PolicySettings): string {
  return pauseAllowed === true
    ? "You may pause pictures and live view on your agent whenever you want. Others see that you have."
    : "Pictures and live view cannot be paused while you work. They stop during a break.";
}

function idleWords({ idleAfterMs }: PolicySettings): string {
  return `After ${length(idleAfterMs ?? 0)} without keyboard or mouse you count as idle, beginning with the last input.`;
}

function startWords({ startMode }: PolicySettings): string {
  return startMode === "auto"
    ? "Your working time begins by itself when your agent starts."
    : "Your working time begins when you punch in, and not before.";
}

function length(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? "1 minute" : `${seconds / 60} minutes`;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
