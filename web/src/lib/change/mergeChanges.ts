/** A flat record of settings: each value a text, a number, a list of such, or null. */
export type Settings = Readonly<Record<string, unknown>>;

/** One setting that two people changed, or that one of them did, seen by the other. */
export interface Difference<Key extends string = string> {
  key: Key;
  /** As both of them had read it. */
  before: unknown;
  theirs: unknown;
  mine: unknown;
  /** `both`: both changed it, to different values, so a person has to choose. */
  by: "me" | "them" | "both";
}

/** What two people made of the same settings: every setting that either changed, in the order of `keys`. */
export function mergeChanges<Key extends string>(
  keys: readonly Key[],
  before: Readonly<Record<Key, unknown>>,
  theirs: Readonly<Record<Key, unknown>>,
  mine: Readonly<Record<Key, unknown>>,
): Difference<Key>[] {
  return keys.flatMap((key) => {
    const isMine = !isSame(before[key], mine[key]);
    const isTheirs = !isSame(before[key], theirs[key]);
    if (!isMine && !isTheirs) return [];
    const by = isMine && isTheirs && !isSame(mine[key], theirs[key]) ? "both" : isTheirs ? "them" : "me";
    return [{ key, before: before[key], theirs: theirs[key], mine: mine[key], by }];
  });
}

/** Whether two values say the same; lists and records by what is in them. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
