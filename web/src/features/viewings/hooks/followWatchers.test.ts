import { expect, it, vi } from "vitest";
import type { PortalDown, Watcher } from "@/api/types";
import type { PortalSocket } from "@/lib/ws/portalSocket";
import { WatcherStore } from "../model/watcherStore";
import { followWatchers } from "./followWatchers";

const MEERA: Watcher = { name: "Meera", since: 5, track: 0 };

function follow() {
  const heard: { ready: () => void; message: (message: PortalDown) => void } = { ready: () => {}, message: () => {} };
  const socket = {
    onReady: (listener: () => void) => {
      heard.ready = listener;
      return () => {};
    },
    onMessage: (listener: (message: PortalDown) => void) => {
      heard.message = listener;
      return () => {};
    },
  };
  const store = new WatcherStore();
  const onChange = vi.fn();
  followWatchers(socket as unknown as PortalSocket, store, onChange);
  return { heard, store, onChange };
}

it("follows who watches, and says that something changed", () => {
  const { heard, store, onChange } = follow();
  heard.message({ type: "watchers", people: [MEERA] });
  expect(store.people().map(({ name }) => name)).toEqual(["Meera"]);
  heard.message({ type: "ping" });
  expect(onChange).toHaveBeenCalledTimes(1);
});

it("knows of nobody on a new socket until the hub says so", () => {
  const { heard, store } = follow();
  heard.message({ type: "watchers", people: [MEERA] });
  heard.ready();
  expect(store.people()).toEqual([]);
});
