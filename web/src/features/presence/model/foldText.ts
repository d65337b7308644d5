const folded = new Map<string, string>();
const FOLDED_MAX = 200_000;

/** For searching: without case and accents, so that `muller` finds Müller. Remembers, since names are asked for often. */
export function foldText(text: string): string {
  const known = folded.get(text);
  if (known !== undefined) return known;
  const made = text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .trim();
  if (folded.size >= FOLDED_MAX) folded.clear();
  folded.set(text, made);
  return made;
}
