import type { Alert, AlertKind } from "@/api/types";

/** In the order in which they want eyes. */
const ALERT_KINDS: readonly AlertKind[] = ["capture_failing", "not_logged_in", "idle_too_long", "agent_outdated"];

import { isOpen } from "./alert";

/** To whom it is said: to the person themselves, or to somebody who looks after them. */
export type Reader = "oneself" | "manager";

/** The title of a kind, for settings and lists. */
export const KIND_TITLES: Readonly<Record<AlertKind, string>> = {
  capture_failing: "Pictures fail",
  not_logged_in: "Not signed in",
  idle_too_long: "Idle for long",
  agent_outdated: "Agent outdated",
};

/** One alert as a sentence. */
export function alertWords(alert: Alert, reader: Reader): string {
  const sentence = reader === "oneself" ? OWN[alert.kind] : THEIRS[alert.kind](alert.name);
  return alert.detail === "" ? `${sentence}.` : `${sentence}: ${alert.detail}.`;
}

/** What to do about it. */
export function alertAdvice(kind: AlertKind, reader: Reader): string {
  return reader === "oneself" ? OWN_ADVICE[kind] : THEIR_ADVICE[kind];
}

const THEIRS: Readonly<Record<AlertKind, (name: string) => string>> = {
  capture_failing: (name) => `No picture can be taken of ${name}`,
  not_logged_in: (name) => `${name} has not signed in today`,
  idle_too_long: (name) => `${name} has been idle for long while working`,
  agent_outdated: (name) => `The agent of ${name} is outdated`,
};

const OWN: Readonly<Record<AlertKind, string>> = {
  capture_failing: "No picture can be taken of your screen",
  not_logged_in: "You had not signed in when work was to begin",
  idle_too_long: "You have been idle for long while you are punched in",
  agent_outdated: "Your agent is outdated",
};

const THEIR_ADVICE: Readonly<Record<AlertKind, string>> = {
  capture_failing: "Their agent says what their system refuses. They see this alert too.",
  not_logged_in: "Ask them, or leave it: it goes when they sign in. They see this alert too.",
  idle_too_long: "They may have forgotten to take a break or to punch out. They see this alert too.",
  agent_outdated: "The newest one is under Downloads. They see this alert too.",
};

const OWN_ADVICE: Readonly<Record<AlertKind, string>> = {
  capture_failing: "Your agent says what your system refuses. Your managers see this alert too.",
  not_logged_in: "It goes as soon as you are here. Your managers see this alert too.",
  idle_too_long: "Take a break or punch out, if you are not working. Your managers see this alert too.",
  agent_outdated: "Install the newest one from Downloads. Your managers see this alert too.",
};

/** How many people are named before the rest is counted. */
const NAMED_MAX = 3;

export interface AlertGroup {
  kind: AlertKind;
  /** The latest first. */
  alerts: readonly Alert[];
  words: string;
}

/** What holds now, as one sentence for each kind: hundreds of the same are one thing to know. */
export function groupAlerts(alerts: readonly Alert[], reader: Reader): readonly AlertGroup[] {
  return ALERT_KINDS.flatMap((kind) => {
    const members = alerts.filter((alert) => alert.kind === kind && isOpen(alert));
    const [first] = members;
    if (!first) return [];
    const words = members.length === 1 ? alertWords(first, reader) : `${MANY[kind](listed(members))}.`;
    return [{ kind, alerts: members, words }];
  });
}

const MANY: Readonly<Record<AlertKind, (names: string) => string>> = {
  capture_failing: (names) => `No picture can be taken of ${names}`,
  not_logged_in: (names) => `Not signed in today: ${names}`,
  idle_too_long: (names) => `Idle for long while working: ${names}`,
  agent_outdated: (names) => `The agents of ${names} are outdated`,
};

function listed(alerts: readonly Alert[]): string {
  const names = [...new Set(alerts.map(({ name }) => name))];
  const others = names.length - NAMED_MAX;
  if (others > 1) return `${names.slice(0, NAMED_MAX).join(", ")} and ${others.toLocaleString("en")} more`;
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}
