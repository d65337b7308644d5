import type { PolicySettings } from "@/api/types";

export type SettingKey = keyof PolicySettings;

/** One setting of the policy: what it is called, what it means, and what may be chosen. */
export interface Setting {
  key: SettingKey;
  word: string;
  means: string;
  options: readonly { value: PolicySettings[SettingKey]; word: string }[];
}

const ON_OFF = [
  { value: true, word: "On" },
  { value: false, word: "Off" },
] as const;
const MINUTE_MS = 60_000;
/** Between half a minute and an hour, the hub's own limits. */
const IDLE_AFTER_MS = [0.5, 1, 2, 3, 5, 10, 15, 20, 30, 45, 60].map((minutes) => minutes * MINUTE_MS);
const INTERVAL_MINUTES = Array.from({ length: 19 }, (_, index) => index + 2);

/** In the order in which they are shown. */
export const SETTINGS: readonly Setting[] = [
  {
    key: "screenshots",
    word: "Screenshots",
    means: "Pictures of the screen, only while working, none while idle or on a break.",
    options: ON_OFF,
  },
  {
    key: "captureIntervalMinutes",
    word: "One screenshot every",
    means: "At a random moment within this time.",
    options: INTERVAL_MINUTES.map((minutes) => ({ value: minutes, word: `${minutes} minutes` })),
  },
  {
    key: "blur",
    word: "Blur",
    means: "Applied on the person's machine, before a picture leaves it.",
    options: [
      { value: "none", word: "None" },
      { value: "light", word: "Light" },
      { value: "strong", word: "Strong" },
    ],
  },
  {
    key: "liveView",
    word: "Live view",
    means: "Whether screens may be watched live. The person always sees who watches.",
    options: ON_OFF,
  },
  {
    key: "pauseAllowed",
    word: "Pausing",
    means: "Whether the person may pause capture. Pauses are shown as such.",
    options: [
      { value: true, word: "Allowed" },
      { value: false, word: "Not allowed" },
    ],
  },
  {
    key: "startMode",
    word: "Work begins",
    means: "By punching in, or by itself when the agent comes online.",
    options: [
      { value: "manual", word: "When punched in" },
      { value: "auto", word: "When the agent starts" },
    ],
  },
  {
    key: "idleAfterMs",
    word: "Idle after",
    means: "Without any input for so long. Idle time counts from the last input.",
    options: IDLE_AFTER_MS.map((ms) => ({ value: ms, word: durationWord(ms) })),
  },
];

export const SETTING_KEYS: readonly SettingKey[] = SETTINGS.map(({ key }) => key);

/** What holds where no layer has decided: the same as in the hub's `domain/src/policy/layer.rs`. */
export const HUB_DEFAULTS: PolicySettings = {
  captureIntervalMinutes: 10,
  screenshots: true,
  blur: "none",
  liveView: true,
  startMode: "manual",
  idleAfterMs: 180_000,
  pauseAllowed: false,
};

export const NOTHING_DECIDED: PolicySettings = {
  captureIntervalMinutes: null,
  screenshots: null,
  blur: null,
  liveView: null,
  startMode: null,
  idleAfterMs: null,
  pauseAllowed: null,
};

export function settingWord(key: SettingKey): string {
  return SETTINGS.find((setting) => setting.key === key)?.word ?? key;
}

/** A value as it reads: `10 minutes`, `Off`; a value that no option has is said as it is. */
export function valueWord(key: SettingKey, value: unknown): string {
  if (value === null || value === undefined) return "Not decided";
  const option = SETTINGS.find((setting) => setting.key === key)?.options.find((one) => one.value === value);
  if (option) return option.word;
  return key === "idleAfterMs" && typeof value === "number" ? durationWord(value) : String(value);
}

function durationWord(ms: number): string {
  if (ms < MINUTE_MS || ms % MINUTE_MS !== 0) return `${ms / 1000} seconds`;
  const minutes = ms / MINUTE_MS;
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
