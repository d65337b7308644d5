import { expect, it, vi } from "vitest";
import type { MessageOf, PortalDown, PortalUp } from "@/api/types";
import type { PortalSocket } from "@/lib/ws/portalSocket";
import { PresenceStore } from "../model/presenceStore";
import { followPresence } from "./followPresence";

const SUBSCRIBE: PortalUp = { type: "subscribe", presence: "all" };

function fakeSocket() {
  let ready: (message: MessageOf<PortalDown, "ready">) => void = () => {};
  let message: (message: PortalDown) => void = () => {};
  const send = vi.fn<(message: PortalUp) => void>();
  const socket = {
    send,
    onReady: (listener: typeof ready) => {
      ready = listener;
      return () => {};
    },
    onMessage: (listener: typeof message) => {
      message = listener;
      return () => {};
    },
  };
  return {
    socket: socket as unknown as PortalSocket,
    send,
    becomesReady: () => ready({ type: "ready", server_time: Date.now(), ping_every_ms: 20_000 }),
    says: (down: PortalDown) => message(down),
  };
}

it("subscribes on each ready, and again after a gap, once", () => {
  const hub = fakeSocket();
  const store = new PresenceStore((flush) => flush());
  followPresence(hub.socket, store, "all");
  hub.becomesReady();
  hub.says({ type: "presence_state", epoch: 1, seq: 4, entries: [] });
  hub.says({ type: "presence_diff", epoch: 1, seq: 5, changed: [], gone: [] });
  expect(hub.send.mock.calls).toEqual([[SUBSCRIBE]]);
  hub.says({ type: "presence_diff", epoch: 1, seq: 7, changed: [], gone: [] });
  hub.says({ type: "presence_diff", epoch: 1, seq: 8, changed: [], gone: [] });
  expect(hub.send.mock.calls).toEqual([[SUBSCRIBE], [SUBSCRIBE]]);
  hub.becomesReady();
  expect(hub.send).toHaveBeenCalledTimes(3);
});

it("does not take diffs of the last life for its own after a reconnect", () => {
  const hub = fakeSocket();
  const store = new PresenceStore((flush) => flush());
  followPresence(hub.socket, store, "all");
  hub.becomesReady();
  hub.says({ type: "presence_state", epoch: 1, seq: 4, entries: [] });
  hub.becomesReady();
  const entry = { employee: "a", name: "A", status: "active", reason: "input", since: 0 } as const;
  hub.says({ type: "presence_diff", epoch: 1, seq: 5, changed: [entry], gone: [] });
  expect(store.entry("a")).toBeUndefined();
});
