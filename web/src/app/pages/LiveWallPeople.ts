import type { EmployeeId, PresenceEntry } from "@/api/types";
import type { WallPeople, WallPerson } from "@/features/live/model/wallPerson";
import { foldText } from "@/features/presence/model/foldText";
import type { PresenceStore } from "@/features/presence/model/presenceStore";
import { offlineReason, shownStatus } from "@/features/presence/model/shownStatus";

/** Presence as the live wall sees it. `viewer` is on the wall only with something to show. */
export function wallPeople(store: PresenceStore, viewer: EmployeeId): WallPeople {
  const made = new WeakMap<PresenceEntry, WallPerson>();

  function toPerson(entry: PresenceEntry): WallPerson {
    const known = made.get(entry);
    if (known) return known;
    const person: WallPerson = {
      employee: entry.employee,
      name: entry.name,
      nameKey: foldText(entry.name),
      team: entry.team ?? undefined,
      status: shownStatus(entry),
      sinceMs: entry.since,
      tracks: entry.tracks ?? [],
      absence: offlineReason(entry.reason),
    };
    made.set(entry, person);
    return person;
  }

  return {
    isLoaded: store.isLoaded,
    *all() {
      for (const entry of store.entries()) {
        const person = toPerson(entry);
        if (person.employee !== viewer || person.tracks.length > 0) yield person;
      }
    },
    person: (employee) => {
      const entry = store.entry(employee);
      return entry && toPerson(entry);
    },
    onPerson: (employee, listener) => store.onEntry(employee, listener),
    shape: store.shape,
    onShape: store.onShape,
    keyOf: foldText,
  };
}
