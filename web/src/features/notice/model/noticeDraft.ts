/** The hub's own limit. */
export const NOTICE_CHARS_MAX = 50_000;

/**
 * A text to begin with, so that nobody publishes nothing because of an empty page. It says only what is always true of a
 * hub; what is particular to the organization stands in brackets.
 */
export function noticeDraft(organization: string): string {
  return [
    `What ${organization} records of your work`,
    "While the desktop agent runs, it reports when you are active and when you are idle. While you are punched in, it also " +
      "takes a picture of your screen from time to time, but not while you are idle or on a break.",
    "The managers of your team and the administrators can see your status, your hours and your pictures, and can watch " +
      "your screen. Whenever somebody watches, you see who; every viewing is kept.",
    "You can see and download everything that is recorded of you.",
    "[Why this is recorded, how long it is kept, and whom to ask.]",
  ].join("\n\n");
}

/** Whether a part is left that the writer was to fill in. */
export function hasBlanks(text: string): boolean {
  return /\[[^\]]*\]/.test(text);
}
