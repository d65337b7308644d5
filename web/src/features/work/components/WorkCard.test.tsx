import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { WorkNow } from "../model/workNow";
import { WorkCard } from "./WorkCard";

const NOW_MS = Date.UTC(2026, 10, 20, 9, 0, 0);
const ANSWERED_AFTER_MS = 100;
const OUT: WorkNow = { kind: "out", sinceMs: undefined };
const WORKING: WorkNow = { kind: "active", sinceMs: NOW_MS - 61_000 };

/** The paths that were posted to. */
const posted: string[] = [];
let queryClient: QueryClient;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  posted.length = 0;
  queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
    if (method === "POST") {
      posted.push(path);
      await new Promise((resolve) => setTimeout(resolve, ANSWERED_AFTER_MS));
    }
    const session = { start: NOW_MS, running: path.endsWith("/start"), state: "active" };
    return Response.json(method === "POST" ? session : []);
  });
});
afterEach(() => {
  cleanup();
  queryClient.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function card(pushed: WorkNow, isLost = false) {
  return (
    <QueryClientProvider client={queryClient}>
      <WorkCard employee="INT2607" pushed={pushed} isLost={isLost} timeZone="Europe/Berlin" />
    </QueryClientProvider>
  );
}

const said = () => screen.getByRole("status").textContent;
const button = (name: string) => screen.getByRole("button", { name });
const settle = (ms = ANSWERED_AFTER_MS + 1) => act(() => vi.advanceTimersByTimeAsync(ms));

it("punches in once, however often it is pressed, and believes the answer until a push says more", async () => {
  const { rerender } = render(card(OUT));
  fireEvent.click(button("Punch in"), { detail: 1 });
  await settle(1);
  fireEvent.click(button("Punch in"), { detail: 1 });
  await settle();
  expect(posted).toEqual(["/api/work/start"]);
  expect(said()).toBe("Working");
  // The second half of a slow double click lands on the button's next word.
  fireEvent.click(button("Punch out"), { detail: 2 });
  await settle();
  expect(posted).toHaveLength(1);

  rerender(card({ kind: "break", sinceMs: NOW_MS }));
  await settle();
  expect(said()).toBe("On a break");
});

it("takes a press of the keyboard", async () => {
  render(card(WORKING));
  fireEvent.click(button("Take a break"), { detail: 0 });
  await settle();
  expect(posted).toEqual(["/api/work/break/start"]);
});

it("runs the session's time, but not while the hub is not heard", async () => {
  const { rerender } = render(card(WORKING));
  await settle();
  expect(screen.getByRole("region").textContent).toContain("1:01");
  rerender(card(WORKING, true));
  expect(said()).toBe("Unknown");
  expect(screen.getByRole("region").textContent).not.toContain("1:01");
});
