import { expect, it } from "vitest";
import { SHOTS_MAX, shotOfEvent, shotOfUpload, withArrived, withoutDeleted } from "./shots";

const shot = (id: string, atMs: number) =>
  shotOfEvent({ type: "event", kind: "screenshot_stored", employee: "INT2607", id, at: atMs } as never);

it("an event leads to the same pictures as the list", () => {
  const upload = {
    id: "a",
    employeeId: "INT2607",
    ts: 5,
    file: "/api/uploads/a",
    thumb: "/api/uploads/a/thumb",
    width: 1,
    height: 1,
    bytes: 1,
    nearIdentical: false,
  };
  expect(shotOfUpload(upload)).toEqual({ ...shot("a", 5), size: { width: 1, height: 1 } });
});

it("keeps the newest first, also when an agent sends late what it took long ago", () => {
  const merged = withArrived([shot("c", 30), shot("a", 10)], [shot("b", 20), shot("d", 40)]);
  expect(merged.map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
});

it("shows each once, however often it is told of", () => {
  const shots = [shot("a", 10)];
  expect(withArrived(shots, [shot("a", 10)])).toBe(shots);
  expect(withArrived(shots, [shot("b", 20), shot("b", 20)])).toHaveLength(2);
});

it("holds on to so many and no more", () => {
  const shots = Array.from({ length: SHOTS_MAX }, (_, index) => shot(`${index}`, SHOTS_MAX - index));
  const merged = withArrived(shots, [shot("new", 1000)]);
  expect([merged.length, merged[0]?.id, merged.at(-1)?.id]).toEqual([SHOTS_MAX, "new", `${SHOTS_MAX - 2}`]);
});

it("says of a pushed one whether it looks like the one before, and drops what was deleted", () => {
  const stored = {
    type: "event",
    kind: "screenshot_stored",
    employee: "INT2607",
    id: "a",
    at: 1,
    near_identical: true,
  };
  expect(shotOfEvent(stored as never).isNearIdentical).toBe(true);
  const shots = [shot("b", 2), shot("a", 1)];
  expect(withoutDeleted(shots, "a").map(({ id }) => id)).toEqual(["b"]);
  expect(withoutDeleted(shots, "c")).toBe(shots);
});
