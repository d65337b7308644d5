/** An agent that does what a test tells it, and nothing else; docs/protocol.md is what it is written from. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { WebSocket } from "ws";
import { call } from "./rest.mjs";

const PATIENCE_MS = 15_000;
const MINUTE_MS = 60_000;
/** What one message may carry. */
const EVENTS_MAX = 256;

/**
 * Enrols a device for a person who is signed in.
 * @param {string} token their bearer token
 * @returns {Promise<{ deviceId: string, token: string }>}
 */
export function enrolDevice(origin, token) {
  return call(origin, "POST", "/api/devices", { token, body: { name: hostname(), os: "linux" } });
}

/**
 * What happened in the past, as an agent spooled it while the hub was away: between punching in and out it notes once a
 * minute that work went on, so that no gap opens.
 * @param {{ kind: string, at: number }[]} happened in order
 * @returns {{ kind: string, at: number, seq: number }[]}
 */
export function spooled(happened) {
  const events = happened.flatMap((event, index) => {
    const next = happened[index + 1];
    const isWorking = next !== undefined && event.kind !== "work_stopped";
    const signs = [];
    for (let at = event.at + MINUTE_MS; isWorking && at < next.at; at += MINUTE_MS)
      signs.push({ kind: "work_continued", at });
    return [event, ...signs];
  });
  return events.map((event, index) => ({ ...event, seq: index + 1 }));
}

/**
 * Connects as a device, hands over a spool, and returns once the hub has committed all of it.
 * @param {string} agentUrl as `POST /api/auth/login` names it
 * @param {{ deviceId: string, token: string }} device
 * @param {{ kind: string, at: number, seq: number }[]} events
 */
export async function deliver(agentUrl, device, events) {
  const socket = new WebSocket(agentUrl, "muster.agent.v1", { headers: { Authorization: `Bearer ${device.token}` } });
  const hello = {
    type: "hello",
    agent_version: "0.1.0",
    device_id: device.deviceId,
    boot_id: randomUUID(),
    os: "linux",
    displays: [],
    utc_offset_min: 0,
    next_seq: events.length + 1,
    sent_at: Date.now(),
  };
  const last = events.at(-1)?.seq ?? 0;
  try {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the hub has not committed the spool")), PATIENCE_MS);
      const end = (finish) => (value) => {
        clearTimeout(timer);
        finish(value);
      };
      socket.on("error", end(reject));
      socket.on("close", (code, reason) => end(reject)(new Error(`closed with ${code} ${reason}`)));
      socket.on("open", () => socket.send(JSON.stringify(hello)));
      socket.on("message", (text) => {
        const message = JSON.parse(text);
        if (message.type === "welcome") {
          for (const items of inMessages(events)) socket.send(JSON.stringify({ type: "events", items }));
        } else if (message.type === "refused") end(reject)(new Error(`refused: ${text}`));
        else if (message.type === "ack" && message.seq >= last) end(resolve)();
      });
    });
    socket.send(JSON.stringify({ type: "bye", reason: "quit" }));
  } finally {
    socket.close();
  }
}

function* inMessages(events) {
  for (let from = 0; from < events.length; from += EVENTS_MAX) yield events.slice(from, from + EVENTS_MAX);
}
