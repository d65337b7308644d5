import type { System } from "@/api/types";

/** Something that whoever runs the hub should look at, and what to do. */
export interface Concern {
  id: string;
  words: string;
}

/** A disk that is fuller than this stops being a disk soon. */
const FREE_BYTES_MIN = 2_000_000_000;
const FULL_SHARE = 0.8;
const SLOW_DATABASE_MS = 250;

/** What is wrong, the worst first; empty when all is well. */
export function concernsOf({ database, journal, storage, sockets, limits, actors }: System): Concern[] {
  const concerns: Concern[] = [];
  if (!database.healthy) {
    concerns.push({
      id: "database",
      words:
        "The database does not answer. Presence goes on; what has to be stored is refused until it is back, and agents keep what they have. Look at the hub's log.",
    });
  } else if (database.latencyMs != null && database.latencyMs > SLOW_DATABASE_MS) {
    concerns.push({
      id: "slow",
      words: `The database took ${database.latencyMs} ms to answer. Look at the load of its disk.`,
    });
  }
  if (journal.waiting > journal.capacity * FULL_SHARE) {
    concerns.push({
      id: "journal",
      words:
        "The journal is nearly full: the database takes writes more slowly than they come. When it is full, they are refused and repeated.",
    });
  }
  if (storage.freeBytes != null && storage.freeBytes < FREE_BYTES_MIN) {
    concerns.push({ id: "disk", words: "The disk is nearly full. Make room, or keep pictures for a shorter time." });
  }
  if (sockets.agents > limits.agentSocketsMax * FULL_SHARE || sockets.portals > limits.portalSocketsMax * FULL_SHARE) {
    concerns.push({
      id: "sockets",
      words: "Nearly as many sockets are open as the configuration allows. Raise the limit before it is reached.",
    });
  }
  if (actors.rebuilt > 0) {
    concerns.push({
      id: "rebuilt",
      words: `${actors.rebuilt === 1 ? "An actor was" : `${actors.rebuilt} actors were`} rebuilt after a defect since the start. Nothing was lost; the hub's log says why.`,
    });
  }
  return concerns;
}

/** `12.3 GB`; what the machine does not tell is a dash. */
export function bytesWord(bytes: number | null): string {
  if (bytes == null) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}
