import type { Watcher } from "@/api/types";

/** One person who watches, with all that they watch. */
export interface WatchingPerson {
  name: string;
  /** Since when they watch the first of it. */
  sinceMs: number;
  /** In ascending order. */
  tracks: readonly number[];
}

/** Track numbers of a person's second device begin at 256, of a third at 512. */
const TRACKS_OF_A_DEVICE = 256;

/** The hub tells of watches; a person who watches two displays is one person. Whoever has watched longest comes first. */
export function gatherWatchers(watchers: readonly Watcher[]): readonly WatchingPerson[] {
  const people = new Map<string, { name: string; sinceMs: number; tracks: number[] }>();
  for (const { name, since, track } of watchers) {
    const person = people.get(name) ?? { name, sinceMs: since, tracks: [] };
    person.sinceMs = Math.min(person.sinceMs, since);
    if (!person.tracks.includes(track)) person.tracks.push(track);
    people.set(name, person);
  }
  for (const { tracks } of people.values()) tracks.sort((a, b) => a - b);
  return [...people.values()].sort((a, b) => a.sinceMs - b.sinceMs || (a.name < b.name ? -1 : 1));
}

/** Who, in one glance: `Meera`, `Meera and Tom`, `Meera and 2 others`, with the verb that fits. */
export function whoIsWatching(people: readonly WatchingPerson[]): string {
  const [first, second] = people;
  if (!first) return "Nobody is";
  if (!second) return `${first.name} is`;
  if (people.length === 2) return `${first.name} and ${second.name} are`;
  return `${first.name} and ${people.length - 1} others are`;
}

/** What is watched, as it stands in the record of the viewing: `screen 1`, and for a second device `screen 1 of device 2`. */
export function trackWords(track: number): string {
  const device = Math.floor(track / TRACKS_OF_A_DEVICE);
  const screen = `screen ${(track % TRACKS_OF_A_DEVICE) + 1}`;
  return device === 0 ? screen : `${screen} of device ${device + 1}`;
}
