import { describe, expect, it, vi } from "vitest";
import type { PresenceEntry } from "@/api/types";
import { type BoardFilter, layOutBoard } from "./boardLayout";
import { toRows } from "./boardRows";
import { parseBoardSearch, toggleStatuses } from "./boardSearch";
import { findPeople } from "./findPeople";
import { massDropOf } from "./massDrop";
import { type Cursor, type PresenceMessage, stepPresence } from "./presenceStep";
import { PresenceStore } from "./presenceStore";

function person(employee: string, more: Partial<PresenceEntry> = {}): PresenceEntry {
  return { employee, name: employee, status: "active", reason: "input", since: 0, ...more };
}

const atOnce = (flush: () => void) => flush();

const state = (epoch: number, seq: number, entries: PresenceEntry[] = []): PresenceMessage => ({
  type: "presence_state",
  epoch,
  seq,
  entries,
});
const diff = (epoch: number, seq: number, changed: PresenceEntry[] = [], gone: string[] = []): PresenceMessage => ({
  type: "presence_diff",
  epoch,
  seq,
  changed,
  gone,
});

describe("stepPresence", () => {
  const at: Cursor = { epoch: 7, seq: 5 };
  it.each([
    ["a state is always taken", at, state(8, 0), "replace"],
    ["the next diff is applied", at, diff(7, 6), "patch"],
    ["a diff before the state is ignored", undefined, diff(7, 6), "ignore"],
    ["a diff that the state holds already is ignored", at, diff(7, 5), "ignore"],
    ["an older diff is ignored", at, diff(7, 2), "ignore"],
    ["a gap asks again", at, diff(7, 7), "resubscribe"],
    ["another epoch asks again", at, diff(8, 6), "resubscribe"],
  ] as const)("%s", (_, cursor, message, kind) => {
    expect(stepPresence(cursor, message).kind).toBe(kind);
  });
});

describe("PresenceStore", () => {
  function loaded(...entries: PresenceEntry[]): PresenceStore {
    const store = new PresenceStore(atOnce);
    store.take(state(1, 0, entries));
    return store;
  }

  it("diffs replay to the state", () => {
    const store = loaded(person("a"), person("b"));
    store.take(diff(1, 1, [person("b", { status: "idle" }), person("c")], ["a"]));
    store.take(diff(1, 2, [person("c", { status: "offline" })], ["nobody"]));
    expect([...store.entries()]).toEqual([person("b", { status: "idle" }), person("c", { status: "offline" })]);
  });

  it("after a gap nothing is applied until a new state", () => {
    const store = loaded(person("a"));
    expect(store.take(diff(1, 2, [], ["a"]))).toBe("resubscribe");
    expect(store.take(diff(1, 3, [], ["a"]))).toBe("followed");
    expect(store.entry("a")).toBeDefined();
    store.take(state(1, 3));
    expect(store.entry("a")).toBeUndefined();
  });

  it("tells only the listeners of who changed", () => {
    const store = loaded(person("a"), person("b"));
    const [ofA, ofB] = [vi.fn(), vi.fn()];
    store.onEntry("a", ofA);
    store.onEntry("b", ofB);
    store.take(diff(1, 1, [person("b", { status: "idle" })]));
    expect([ofA.mock.calls.length, ofB.mock.calls.length]).toEqual([0, 1]);
  });

  it.each<[string, Partial<PresenceEntry>, number]>([
    ["being seen keeps the shape", { last_seen: 9 }, 0],
    ["having been seen reshapes who is offline", { status: "offline", last_seen: 9 }, 1],
    ["a work session keeps the shape", { working_since: 9 }, 0],
    ["another status reshapes", { status: "idle" }, 1],
    ["an overlay reshapes", { overlay: "break" }, 1],
    ["turning unstable reshapes", { unstable: true }, 1],
    ["another team reshapes", { team: "t" }, 1],
  ])("%s", (_, change, times) => {
    const store = loaded(person("a"));
    const onShape = vi.fn();
    store.onShape(onShape);
    store.take(diff(1, 1, [person("a", change)]));
    expect(onShape).toHaveBeenCalledTimes(times);
  });

  it("knows at once and tells once per drawn picture", () => {
    const flushes: (() => void)[] = [];
    const store = new PresenceStore((flush) => flushes.push(flush));
    const [ofA, onShape] = [vi.fn(), vi.fn()];
    store.onEntry("a", ofA);
    store.onShape(onShape);
    store.take(state(1, 0, [person("a")]));
    store.take(diff(1, 1, [person("a", { status: "idle" })]));
    store.take(diff(1, 2, [person("b")]));
    expect([store.entry("a")?.status, ofA.mock.calls.length, flushes.length]).toEqual(["idle", 0, 1]);
    flushes.shift()?.();
    expect([ofA.mock.calls.length, onShape.mock.calls.length]).toEqual([1, 1]);
    store.take(diff(1, 3, [], ["a"]));
    flushes.shift()?.();
    expect([ofA.mock.calls.length, onShape.mock.calls.length]).toEqual([2, 2]);
  });

  it("has a state's people by name, whatever the case and accents", () => {
    const store = loaded(person("3", { name: "Zoe" }), person("2", { name: "ámos" }), person("1", { name: "Bo" }));
    expect(Array.from(store.entries(), ({ name }) => name)).toEqual(["ámos", "Bo", "Zoe"]);
  });

  it("an empty first state is a state", () => {
    const store = new PresenceStore(atOnce);
    const onShape = vi.fn();
    store.onShape(onShape);
    store.take(state(1, 0));
    expect([store.isLoaded(), onShape.mock.calls.length]).toEqual([true, 1]);
  });
});

describe("layOutBoard", () => {
  const DAY_START_MS = 1_000;
  const everyone: BoardFilter = { statuses: [], team: undefined, text: "" };
  const people = [
    person("off-early", { status: "offline", last_seen: DAY_START_MS }),
    person("off-late", { status: "offline", last_seen: DAY_START_MS + 20 }),
    person("yesterday", { status: "offline", last_seen: DAY_START_MS - 1 }),
    person("never", { status: "offline" }),
    person("Zoe", { team: "red" }),
    person("Ada"),
    person("idle-short", { status: "idle", since: 50 }),
    person("idle-long", { status: "idle", since: 40, team: "red" }),
    person("class", { status: "idle", overlay: "class" }),
    person("flapping", { unstable: true, status: "offline" }),
    person("typing in a break", { overlay: "break" }),
  ];
  const names = (filter: Partial<BoardFilter>) =>
    layOutBoard(people, { ...everyone, ...filter }, DAY_START_MS).sections.map(({ name, employees }) => [
      name,
      ...employees,
    ]);

  it("puts first what needs eyes", () => {
    expect(names({})).toEqual([
      ["unstable", "flapping"],
      ["idle", "idle-long", "idle-short"],
      ["active", "Ada", "typing in a break", "Zoe"],
      ["away", "class"],
      ["offline", "off-late", "off-early"],
      ["absent", "yesterday", "never"],
    ]);
  });

  it.each<[string, Partial<BoardFilter>, string[][]]>([
    [
      "by status",
      { statuses: ["class", "idle"] },
      [
        ["idle", "idle-long", "idle-short"],
        ["away", "class"],
      ],
    ],
    [
      "by team",
      { team: "red" },
      [
        ["idle", "idle-long"],
        ["active", "Zoe"],
      ],
    ],
    ["by what changes too often", { statuses: ["unstable"] }, [["unstable", "flapping"]]],
    ["by text without accents", { text: " ZOÉ " }, [["active", "Zoe"]]],
  ])("filters %s", (_, filter, sections) => expect(names(filter)).toEqual(sections));

  it("counts everyone in the team and text, whatever status is chosen", () => {
    const { counts, total } = layOutBoard(people, { ...everyone, statuses: ["active"], team: "red" }, DAY_START_MS);
    expect([counts.active, counts.idle, counts.offline, total]).toEqual([1, 1, 0, 11]);
  });

  it("counts somebody unstable as that and as what they are now", () => {
    const { counts } = layOutBoard(people, everyone, DAY_START_MS);
    expect([counts.unstable, counts.offline]).toEqual([1, 5]);
  });
});

describe("toRows", () => {
  it("cuts sections into lines and leaves the heading of a folded one", () => {
    const sections = [
      { name: "active", employees: ["a", "b", "c"] },
      { name: "offline", employees: ["d"] },
    ] as const;
    const rows = toRows(sections, 2, new Set(["offline"] as const));
    expect(rows.map((row) => (row.kind === "heading" ? `${row.section} ${row.count}` : row.employees))).toEqual([
      "active 3",
      ["a", "b"],
      ["c"],
      "offline 1",
    ]);
  });
});

describe("the address", () => {
  it.each([
    [{}, {}],
    [{ status: "unstable,idle,nonsense,active" }, { status: "active,idle,unstable" }],
    [{ status: 5, team: "", q: "", offline: "yes" }, {}],
    [
      { q: 2607, offline: "shown", absent: "shown" },
      { q: "2607", offline: "shown", absent: "shown" },
    ],
  ])("%j", (search, parsed) => expect(parseBoardSearch(search)).toEqual(parsed));

  it.each([
    [undefined, ["idle"], "idle"],
    ["idle", ["idle"], undefined],
    ["idle", ["meeting", "class"], "idle,meeting,class"],
    ["meeting", ["meeting", "class"], "meeting,class"],
  ] as const)("%s with %s pressed is %s", (before, toggled, after) => {
    expect(toggleStatuses(before, toggled)).toBe(after);
  });
});

describe("findPeople", () => {
  const people = [
    person("INT1", { name: "Yann Müller" }),
    person("INT2", { name: "Mulan" }),
    person("INT3", { name: "Noah" }),
  ];
  it.each([
    ["mul", 8, ["INT2", "INT1"]],
    ["INT3", 8, ["INT3"]],
    ["", 2, ["INT2", "INT3"]],
    ["nobody", 8, []],
  ])("%s, at most %i", (text, countMax, found) => {
    expect(findPeople(people, text, countMax).map(({ employee }) => employee)).toEqual(found);
  });
});

describe("massDropOf", () => {
  it("hears many connections break, and nothing else", () => {
    expect(massDropOf({ type: "event", kind: "mass_drop", lost: 1200, at: 5 })).toEqual({ lost: 1200, atMs: 5 });
    const failed = { type: "event", kind: "capture_failed", employee: "a", at: 5, reason: "no display" } as const;
    expect(massDropOf(failed)).toBeUndefined();
  });
});
