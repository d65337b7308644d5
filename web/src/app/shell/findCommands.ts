import { foldText } from "@/features/presence/model/foldText";
import type { PaletteEntry, PaletteGroup } from "@/ui/Palette";

/** Something with more words than it shows: `punch` finds My day. */
export interface Command extends PaletteEntry {
  also?: string;
}

/** Those in which every word of a text occurs; whose own word begins with the text come first. */
export function findCommands<Found extends Command>(commands: readonly Found[], text: string): readonly Found[] {
  const sought = foldText(text);
  if (sought === "") return commands;
  const words = sought.split(/\s+/);
  const found = commands.filter(({ word, also = "" }) => {
    const whole = `${foldText(word)} ${also}`;
    return words.every((one) => whole.includes(one));
  });
  const rank = ({ word }: Found) => (foldText(word).startsWith(sought) ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b));
}

/** Without the empty ones. */
export function filledGroups(groups: readonly PaletteGroup[]): readonly PaletteGroup[] {
  return groups.filter(({ entries }) => entries.length > 0);
}
