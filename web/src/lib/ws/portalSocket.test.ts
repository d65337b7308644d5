import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PortalDown } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { PortalSocket, type PortalSocketPorts } from "./portalSocket";

const PING_EVERY_MS = 20_000;

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: unknown[] = [];
  readonly close = vi.fn();

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }
  says(message: PortalDown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  ends(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code, reason: "" });
  }
}

let sockets: FakeSocket[];
let ports: PortalSocketPorts & { fetchTicket: ReturnType<typeof vi.fn>; renewSession: ReturnType<typeof vi.fn> };
let portal: PortalSocket;

/** Lets promises settle without letting time pass. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const latest = () => sockets.at(-1) as FakeSocket;

async function connected(): Promise<FakeSocket> {
  portal.start();
  await settle();
  latest().opens();
  latest().says({ type: "ready", server_time: 0, ping_every_ms: PING_EVERY_MS });
  return latest();
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  sockets = [];
  ports = {
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    fetchTicket: vi.fn(async () => `ticket-${sockets.length + 1}`),
    renewSession: vi.fn(async () => true),
    nowMs: () => Date.now(),
    random: () => 0.5,
  };
  portal = new PortalSocket(ports);
});
afterEach(() => {
  portal.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("a healthy life", () => {
  it("authenticates with a fresh ticket and tells listeners of ready", async () => {
    const ready = vi.fn();
    portal.onReady(ready);
    const socket = await connected();
    expect(socket.sent).toEqual([{ type: "authenticate", ticket: "ticket-1" }]);
    expect(ready).toHaveBeenCalledOnce();
    expect(portal.state()).toEqual({ phase: "connected" });
  });

  it("answers each ping and lives on them", async () => {
    const socket = await connected();
    for (let ping = 0; ping < 5; ping += 1) {
      await vi.advanceTimersByTimeAsync(PING_EVERY_MS);
      socket.says({ type: "ping" });
    }
    expect(socket.sent.slice(1)).toEqual(Array(5).fill({ type: "pong" }));
    expect(portal.state()).toEqual({ phase: "connected" });
  });

  it("passes on messages of types that it does not know", async () => {
    const heard = vi.fn();
    portal.onMessage(heard);
    const socket = await connected();
    socket.says({ type: "from_the_future" } as unknown as PortalDown);
    expect(heard).toHaveBeenCalledOnce();
  });

  it("passes on binary messages as they come, and lives on them too", async () => {
    const frames = vi.fn();
    const messages = vi.fn();
    portal.onFrame(frames);
    portal.onMessage(messages);
    const socket = await connected();
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS * 2);
    const picture = new ArrayBuffer(36);
    socket.onmessage?.({ data: picture });
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS * 2);
    expect(frames.mock.calls).toEqual([[picture]]);
    expect(messages).not.toHaveBeenCalled();
    expect(portal.state()).toEqual({ phase: "connected" });
  });
});

describe("coming back", () => {
  it("waits with jitter after a broken network, then uses a new ticket", async () => {
    const socket = await connected();
    socket.ends(1006);
    expect(portal.state()).toEqual({ phase: "waiting", untilMs: 500 });
    await vi.advanceTimersByTimeAsync(500);
    latest().opens();
    expect(latest().sent).toEqual([{ type: "authenticate", ticket: "ticket-2" }]);
  });

  it("obeys the hinted delay", async () => {
    const socket = await connected();
    socket.says({ type: "close", code: 4000, reason: "shutdown", action: "reconnect", retry_after_ms: 7_000 });
    socket.ends(4000);
    expect(portal.state()).toEqual({ phase: "waiting", untilMs: 7_000 });
  });

  it("backs off while it fails, and forgets that after a healthy life", async () => {
    portal.start();
    for (const delayMs of [500, 1_000, 2_000]) {
      await settle();
      latest().ends(1006);
      expect(portal.state()).toEqual({ phase: "waiting", untilMs: Date.now() + delayMs });
      await vi.advanceTimersByTimeAsync(delayMs);
    }
    latest().opens();
    latest().says({ type: "ready", server_time: 0, ping_every_ms: PING_EVERY_MS });
    await vi.advanceTimersByTimeAsync(10_000);
    latest().ends(1006);
    expect(portal.state()).toEqual({ phase: "waiting", untilMs: Date.now() + 500 });
  });

  it("finds out a silent socket", async () => {
    const socket = await connected();
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS * 2.5);
    expect(socket.close).toHaveBeenCalled();
    expect(portal.state().phase).toBe("waiting");
  });

  it("does not wait for ever for ready", async () => {
    portal.start();
    await settle();
    latest().opens();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(portal.state().phase).toBe("waiting");
  });

  it.each(["online", "pageshow"])("tries at once on %s", async (event) => {
    (await connected()).ends(1006);
    window.dispatchEvent(new Event(event));
    await settle();
    expect(sockets).toHaveLength(2);
  });

  it("no longer listens to a socket that it gave up", async () => {
    const socket = await connected();
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS * 2.5);
    expect([socket.onopen, socket.onmessage, socket.onclose]).toEqual([null, null, null]);
  });

  it("waits as long as a busy hub asks", async () => {
    const busy = { code: "unavailable", message: "busy", request_id: "r" } as const;
    ports.fetchTicket.mockRejectedValueOnce(new ApiError(503, busy, 3_000));
    portal.start();
    await settle();
    expect(portal.state()).toEqual({ phase: "waiting", untilMs: 3_000 });
  });
});

describe("stopping", () => {
  it("stops with the reason", async () => {
    const socket = await connected();
    socket.says({ type: "close", code: 4502, reason: "revoked", action: "stop" });
    socket.ends(4502);
    expect(portal.state()).toEqual({ phase: "stopped", why: { code: 4502, reason: "revoked" } });
  });

  it("renews the session after 4501 and comes back", async () => {
    (await connected()).ends(4501);
    await vi.advanceTimersByTimeAsync(500);
    expect(ports.renewSession).toHaveBeenCalledOnce();
    expect(sockets).toHaveLength(2);
  });

  it("stops if the session is over", async () => {
    ports.renewSession.mockResolvedValueOnce(false);
    (await connected()).ends(4501);
    await settle();
    expect(portal.state()).toMatchObject({ phase: "stopped", why: { code: 0 } });
  });

  it("stops if nobody is signed in, and starts again when told to", async () => {
    const refusal = { code: "unauthorized", message: "no", request_id: "r" } as const;
    ports.fetchTicket.mockRejectedValueOnce(new ApiError(401, refusal));
    portal.start();
    await settle();
    expect(portal.state().phase).toBe("stopped");
    await connected();
    expect(portal.state().phase).toBe("connected");
  });
});
