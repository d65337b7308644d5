import { expect, it } from "vitest";
import type { System } from "@/api/types";
import { bytesWord, concernsOf } from "./health";

const WELL: System = {
  version: "0.1.0",
  startedAt: 0,
  uptimeMs: 1,
  database: { url: "mem://", healthy: true, schemaVersion: 9, latencyMs: 1 },
  sockets: { agents: 3, portals: 1 },
  actors: { employees: 3, rebuilt: 0 },
  journal: { waiting: 0, capacity: 1000 },
  live: { tracks: 0, viewers: 0, framesPerSecond: 0 },
  storage: { dataBytes: 1, blobBytes: null, freeBytes: null },
  memory: { residentBytes: null },
  limits: {
    agentSocketsMax: 100,
    portalSocketsMax: 10,
    requestsPerSecond: 50,
    loginAttemptsPerMinute: 10,
    agentMessagesPerSecond: 50,
    offlineAfterMs: 120_000,
    idleAfterMs: 180_000,
  },
};
const ids = (part: Partial<System>) => concernsOf({ ...WELL, ...part }).map(({ id }) => id);

it("has nothing to say when all is well, also where the machine tells little", () => {
  expect(ids({})).toEqual([]);
});

it.each<[string[], Partial<System>]>([
  [["database"], { database: { ...WELL.database, healthy: false, latencyMs: null } }],
  [["slow"], { database: { ...WELL.database, latencyMs: 900 } }],
  [["journal"], { journal: { waiting: 900, capacity: 1000 } }],
  [["disk"], { storage: { ...WELL.storage, freeBytes: 1_000 } }],
  [["sockets"], { sockets: { agents: 1, portals: 9 } }],
  [["rebuilt"], { actors: { employees: 3, rebuilt: 2 } }],
])("%j", (expected, part) => expect(ids(part)).toEqual(expected));

it.each([
  [null, "–"],
  [0, "0 B"],
  [999, "999 B"],
  [1_234, "1.2 kB"],
  [12_300_000_000, "12.3 GB"],
])("%s bytes are %s", (bytes, word) => expect(bytesWord(bytes)).toBe(word));
