/** The portal asks for this much; the hub itself takes shorter ones, from older clients. */
export const PASSWORD_CHARS_MIN = 12;

export interface PasswordHint {
  /** 0 too short, 1 weak, 2 fair, 3 strong. */
  strength: 0 | 1 | 2 | 3;
  /** What to do, or that it is good, in a few words. */
  advice: string;
}

/**
 * A hint, not a gate: only the length is asked for. Length counts most; repeats, runs such as `2345` or `abcd`, and
 * words that anybody could know of the person add nothing.
 */
export function passwordHint(password: string, personal: readonly string[]): PasswordHint {
  const missing = PASSWORD_CHARS_MIN - [...password].length;
  if (missing > 0) return { strength: 0, advice: `At least ${PASSWORD_CHARS_MIN} characters: ${missing} more.` };

  const known = personal.flatMap((text) => text.toLowerCase().split(/[\s@.]+/)).filter((word) => word.length >= 3);
  const remaining = known.reduce((text, word) => text.replaceAll(word, ""), password.toLowerCase());
  const surprising = countSurprising(remaining);
  if (surprising < 8) return { strength: 1, advice: "Easy to guess. Several unrelated words are better." };
  if (surprising < 14) return { strength: 2, advice: "Fair. A few more characters make it strong." };
  return { strength: 3, advice: "Strong." };
}

/** Characters that do not follow from the one before, each kind of character counted at most three times. */
function countSurprising(text: string): number {
  const seen = new Map<string, number>();
  let surprising = 0;
  let previous = Number.NaN;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const times = (seen.get(character) ?? 0) + 1;
    seen.set(character, times);
    if (Math.abs(code - previous) > 1 && times <= 3) surprising += 1;
    else if (Number.isNaN(previous)) surprising += 1;
    previous = code;
  }
  return surprising;
}
