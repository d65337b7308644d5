/** What a correction makes of a time, in words. A kind newer than this page is said as the hub says it. */
export function countsAs(kind: string): string {
  return WORDS[kind] ?? kind;
}

const WORDS: Readonly<Record<string, string>> = {
  active: "Work",
  idle: "Idle",
  break: "Break",
  meeting: "Meeting",
  remove: "No work",
};
