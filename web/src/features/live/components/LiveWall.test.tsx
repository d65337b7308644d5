import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { Profiler, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PortalDown, PortalUp, TrackState } from "@/api/types";
import { writeFrame } from "@/lib/frames/frame.fixture";
import { sharedClock } from "@/lib/time/sharedClock";
import { PortalSocket } from "@/lib/ws/portalSocket";
import { PortalSocketProvider } from "@/lib/ws/usePortalSocket";
import type { WallPeople, WallPerson } from "../model/wallPerson";
import type { WallSearch } from "../model/wallSearch";
import { LiveWall } from "./LiveWall";

const NOW_MS = Date.UTC(2026, 10, 20, 9, 0, 0);
/** Two tiles of 400 pixels in a row, a bit over two rows of them on the screen. */
const WIDTH_PX = 801;
const HEIGHT_PX = 500;

/** The hub's end of the page's socket. */
class ScriptedHub {
  readyState: number = WebSocket.OPEN;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly heard: PortalUp[] = [];

  close(): void {}
  send(text: string): void {
    this.heard.push(JSON.parse(text));
  }
  says(message: PortalDown): void {
    act(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
  /** What is watched, as `ann:1` and `ann:1 focus`. */
  watched(): string[] {
    const last = this.heard.filter((message) => message.type === "watch").at(-1);
    const tracks = (last?.tracks ?? []).map(
      ({ employee, track, tier }) => `${employee}:${track}${tier === "wall" ? "" : " focus"}`,
    );
    return tracks.sort();
  }
}

let hub: ScriptedHub;
let portal: PortalSocket;
let people: Map<string, WallPerson>;
let personListeners: Map<string, Set<() => void>>;
let shapeListeners: Set<() => void>;
let shape: number;
let commits: number;
let search: WallSearch;
let history: string[];

function person(employee: string, more: Partial<WallPerson> = {}): WallPerson {
  return {
    employee,
    name: `${employee[0]?.toUpperCase()}${employee.slice(1)} Lee`,
    nameKey: employee,
    team: "blue",
    status: "active",
    sinceMs: NOW_MS - 60_000,
    tracks: [1],
    absence: "Signed out",
    ...more,
  };
}

const wallPeople: WallPeople = {
  isLoaded: () => true,
  all: () => people.values(),
  person: (employee) => people.get(employee),
  onPerson: (employee, listener) => {
    const listeners = personListeners.get(employee) ?? new Set();
    personListeners.set(employee, listeners.add(listener));
    return () => listeners.delete(listener);
  },
  shape: () => shape,
  onShape: (listener) => {
    shapeListeners.add(listener);
    return () => shapeListeners.delete(listener);
  },
  keyOf: (text) => text.toLowerCase(),
};

function become(next: WallPerson): void {
  people.set(next.employee, next);
  act(() => {
    for (const listener of personListeners.get(next.employee) ?? []) listener();
    shape += 1;
    for (const listener of shapeListeners) listener();
  });
}

function Page() {
  const [state, setState] = useState(search);
  search = state;
  return (
    <LiveWall
      people={wallPeople}
      timeZone="Europe/Berlin"
      search={state}
      onSearch={(change, how) => {
        history.push(how);
        setState((before) => ({ ...before, ...change }));
      }}
      onLeave={() => setState((before) => ({ ...before, open: undefined }))}
      teamFilter={null}
      aloneAction={null}
    />
  );
}

async function showWall(): Promise<void> {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PortalSocketProvider value={portal}>
        <Profiler id="wall" onRender={() => (commits += 1)}>
          <Page />
        </Profiler>
      </PortalSocketProvider>
    </QueryClientProvider>,
  );
  portal.start();
  await pass(0);
  act(() => hub.onopen?.());
  hub.says({ type: "ready", server_time: NOW_MS, ping_every_ms: 20_000 });
  await pass(200);
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const tile = (name: RegExp) => screen.getByRole("group", { name });
const focus = (name: RegExp) => act(() => tile(name).focus());
const state = (employee: string, change: Partial<TrackState> = {}): PortalDown => ({
  type: "track_state",
  employee,
  track: 1,
  number: employee.charCodeAt(0),
  state: "live",
  since: NOW_MS - 120_000,
  ...change,
});

async function picture(employee: string, seq: number, ageMs = 0): Promise<void> {
  const number = employee.charCodeAt(0);
  hub.onmessage?.({ data: writeFrame({ number, seq, messageId: seq, capturedAtMs: sharedClock.nowMs() - ageMs }) });
  await pass(0);
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  sharedClock.followHub(NOW_MS);
  people = new Map(["ann", "ben", "cleo", "dora"].map((employee) => [employee, person(employee)]));
  [personListeners, shapeListeners, shape, commits, search, history] = [new Map(), new Set(), 0, 0, { grid: 2 }, []];
  hub = new ScriptedHub();
  portal = new PortalSocket({
    open: () => hub as unknown as WebSocket,
    fetchTicket: async () => "ticket",
    renewSession: async () => true,
    nowMs: () => Date.now(),
    random: () => 0.5,
  });
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(WIDTH_PX);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(HEIGHT_PX);
  vi.stubGlobal("createImageBitmap", async () => ({ close: () => {} }));
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ items: [] })));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue({ drawImage: () => {} } as never);
});
afterEach(() => {
  cleanup();
  portal.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("what is watched", () => {
  it("is what is on the screen and a row beyond, and nothing when the wall goes", async () => {
    for (let at = 10; at < 60; at += 1) people.set(`p${at}`, person(`p${at}`));
    await showWall();
    expect(hub.watched()).toHaveLength(2 * 4);
    expect(hub.watched()).toContain("ann:1");
    cleanup();
    expect(hub.watched()).toEqual([]);
  });

  it("is only the enlarged display while one is", async () => {
    await showWall();
    fireEvent.doubleClick(tile(/^Ben Lee/));
    await pass(200);
    expect(hub.watched()).toEqual(["ben:1 focus"]);
    expect(screen.getByText("Ben sees that you are watching")).toBeTruthy();
    press("Escape");
    await pass(200);
    expect(hub.watched()).toEqual(["ann:1", "ben:1", "cleo:1", "dora:1"]);
    expect(document.activeElement).toBe(tile(/^Ben Lee/));
  });

  it("is nobody after Stop, one person after P, a team after Watch team", async () => {
    search = { grid: 2, team: "blue" };
    await showWall();
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    await pass(200);
    expect(hub.watched()).toEqual([]);
    expect(tile(/^Ann Lee, Active, Not watching/)).toBeTruthy();
    focus(/^Cleo/);
    press("p");
    await pass(200);
    expect(hub.watched()).toEqual(["cleo:1"]);
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    fireEvent.click(screen.getByRole("button", { name: "Watch team" }));
    await pass(200);
    expect(hub.watched()).toHaveLength(4);
  });

  it("follows displays that come and go", async () => {
    await showWall();
    become(person("ann", { tracks: [1, 2] }));
    await pass(200);
    expect(hub.watched()).toContain("ann:2");
    expect(tile(/^Ann Lee, Display 2/)).toBeTruthy();
    become(person("ann", { tracks: [] }));
    await pass(200);
    expect(hub.watched()).toEqual(["ben:1", "cleo:1", "dora:1"]);
    expect(tile(/^Ann Lee, Active, No agent/)).toBeTruthy();
  });
});

describe("a tile", () => {
  it("draws pictures and writes their age without rendering", async () => {
    await showWall();
    hub.says(state("ann"));
    await picture("ann", 1);
    const cell = tile(/^Ann Lee, Active, live picture/);
    expect(cell.querySelector("canvas")).toBeTruthy();
    const before = commits;
    for (let seq = 2; seq < 20; seq += 1) await picture("ann", seq);
    await pass(2_500);
    expect(commits).toBe(before);
    const age = within(cell).getByText("2 s");
    expect(age.dataset.stale).toBe("true");
    await picture("ann", 20);
    expect(within(cell).getByText("<1 s").dataset.stale).toBe("false");
    expect(commits).toBe(before);
  });

  it("says why there is nothing to see, and since when", async () => {
    await showWall();
    hub.says(state("ann", { state: "blank", reason: "capture_failed", detail: "No screen" }));
    const cell = tile(/^Ann Lee, Active, Capture failed\. No screen/);
    expect(within(cell).getByText("Capture failed")).toBeTruthy();
    expect(cell.textContent).toContain("since 09:58");
  });

  it("dims its last picture when the connection is lost, and says so", async () => {
    await showWall();
    hub.says(state("ann"));
    await picture("ann", 1);
    act(() => hub.onclose?.({ code: 1006, reason: "" }));
    hub.readyState = WebSocket.CLOSED;
    await pass(400);
    expect(tile(/^Ann Lee, Active, live picture/)).toBeTruthy();
    await pass(1_600);
    const cell = tile(/^Ann Lee, Unknown, connection lost, last picture/);
    expect(within(cell).getByText("Connection lost")).toBeTruthy();
  });

  it("stays where it is when its person goes offline", async () => {
    await showWall();
    become(person("ben", { status: "offline", tracks: [] }));
    const cells = screen.getAllByRole("gridcell").map((cell) => cell.firstElementChild?.getAttribute("aria-label"));
    expect(cells[1]).toMatch(/^Ben Lee, Offline, Offline\. Signed out/);
  });

  it("shows when each picture was captured, if one asks for it", async () => {
    search = { grid: 2, times: "shown" };
    await showWall();
    hub.says(state("ann"));
    await picture("ann", 1);
    expect(within(tile(/^Ann/)).getByText(/^10:00:00\.\d{3}$/)).toBeTruthy();
  });
});

describe("keys", () => {
  it("move the focus, one tile in the order of the Tab key", async () => {
    await showWall();
    press("ArrowDown");
    expect(document.activeElement).toBe(tile(/^Ann/));
    press("ArrowDown");
    expect(document.activeElement).toBe(tile(/^Cleo/));
    press("ArrowRight");
    expect(document.activeElement).toBe(tile(/^Dora/));
    const tabbable = screen.getAllByRole("gridcell").filter((cell) => cell.querySelector("[data-tile][tabindex='0']"));
    expect(tabbable).toEqual([tile(/^Dora/).parentElement]);
  });

  it("set the grid and enlarge as a step that Back leads out of", async () => {
    await showWall();
    press("3");
    expect(search.grid).toBe(3);
    focus(/^Ben/);
    press("Enter");
    expect(search.open).toBe("ben:1");
    expect(history).toEqual(["replace", "step"]);
  });

  it("go from person to person in the enlarged view", async () => {
    search = { grid: 2, open: "ben:1" };
    await showWall();
    press("ArrowRight");
    expect(search.open).toBe("cleo:1");
    press("ArrowLeft");
    press("ArrowLeft");
    expect(search.open).toBe("ann:1");
    press("Escape");
    expect(search.open).toBeUndefined();
  });
});

it("offers its actions on the tile under the pointer", async () => {
  await showWall();
  expect(screen.queryByRole("button", { name: "Stop watching Ben Lee" })).toBeNull();
  fireEvent.pointerEnter(tile(/^Ben/));
  fireEvent.click(screen.getByRole("button", { name: "Stop watching Ben Lee" }));
  await pass(200);
  expect(hub.watched()).toEqual(["ann:1", "cleo:1", "dora:1"]);
  fireEvent.click(screen.getByRole("button", { name: "Enlarge Ben Lee" }));
  expect(screen.getByText("You are not watching")).toBeTruthy();
});

describe("the last moments", () => {
  const items = [1, 2, 3].map((at) => ({
    id: 70 + at,
    at: NOW_MS - 4_000 + at * 1_000,
    width: 480,
    height: 270,
  }));

  it("are shown in place of the live picture, with their exact time, until one goes back", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string) => {
      asked.push(path);
      return new Response(JSON.stringify({ employeeId: "ben", track: 1, items }));
    });
    search = { open: "ben:1" };
    await showWall();
    expect(asked).toContain("/api/live/ben/1/history");
    fireEvent.click(screen.getByRole("button", { name: "09:59:58" }));
    const shown = screen.getByRole<HTMLImageElement>("img", { name: "The screen of Ben Lee at 09:59:58.000" });
    expect(new URL(shown.src).pathname).toBe("/api/live/ben/1/history/72");
    expect(hub.watched()).toEqual(["ben:1 focus"]);
    press("Escape");
    expect(screen.queryByText(/^Not live/)).toBeNull();
    expect(search.open).toBe("ben:1");
    const before = asked.length;
    await pass(3_100);
    expect(asked.length).toBe(before + 1);
  });
});

describe("nothing to show", () => {
  it("offers who is offline", async () => {
    people = new Map([["ann", person("ann", { status: "offline", tracks: [] })]]);
    await showWall();
    expect(screen.getByText("Nobody is online")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show who is offline" }));
    expect(tile(/^Ann Lee, Offline/)).toBeTruthy();
  });

  it("offers all teams where a team has nobody", async () => {
    search = { team: "green" };
    await showWall();
    expect(screen.getByText("Nobody is in this team")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show all teams" }));
    expect(search.team).toBeUndefined();
  });

  it("offers to clear the filters", async () => {
    search = { q: "zed", team: "blue" };
    await showWall();
    fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(screen.getAllByRole("gridcell").length).toBeGreaterThan(0);
  });

  it("says so when nobody is there by that id", async () => {
    search = { open: "nobody:1" };
    await showWall();
    expect(screen.getByText("Nobody here")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Back to the wall" }));
    expect(search.open).toBeUndefined();
  });
});
