import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ErrorCode } from "@/api/types";
import { ApiError, isTemporary, NetworkError } from "./apiError";
import { request } from "./request";
import { parseRetryAfterMs } from "./retryAfter";

const SENT_AT_MS = 1_000_000;
const ANSWERED_AT_MS = SENT_AT_MS + 50;

const fetchMock = vi.fn<typeof fetch>();

function answer(status: number, body?: unknown, headers?: HeadersInit): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

function refusal(status: number, code: ErrorCode, headers?: HeadersInit): Response {
  return answer(status, { code, message: "no", request_id: "r1" }, headers);
}

function callsTo(path: string): number {
  return fetchMock.mock.calls.filter(([url]) => url === path).length;
}

beforeEach(() => {
  vi.stubGlobal("fetch", fetchMock);
  fetchMock.mockReset();
  localStorage.clear();
  // biome-ignore lint/suspicious/noDocumentCookie: the code under test reads this cookie, which the hub sets
  document.cookie = "muster_csrf=abc";
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("request", () => {
  it("sends the CSRF header with what changes something, and not with a GET", async () => {
    fetchMock.mockImplementation(async () => answer(200, {}));
    await request("GET", "/api/auth/me");
    await request("POST", "/api/auth/ticket");
    const sent = fetchMock.mock.calls.map(([, init]) => new Headers(init?.headers).get("X-CSRF-Token"));
    expect(sent).toEqual([null, "abc"]);
  });

  it.each<ErrorCode>(["expired", "unauthorized"])(
    "renews the session once on %s and repeats the call",
    async (code) => {
      fetchMock
        .mockResolvedValueOnce(refusal(401, code))
        .mockResolvedValueOnce(answer(204))
        .mockResolvedValueOnce(answer(200, { name: "Mia" }));
      expect(await request("GET", "/api/auth/me")).toEqual({ name: "Mia" });
      expect(fetchMock.mock.calls.map(([url]) => url)).toEqual(["/api/auth/me", "/api/auth/refresh", "/api/auth/me"]);
    },
  );

  it("renews once for calls that expire together", async () => {
    let isFresh = false;
    fetchMock.mockImplementation(async (url) => {
      if (url === "/api/auth/refresh") {
        isFresh = true;
        return answer(204);
      }
      return isFresh ? answer(200, {}) : refusal(401, "expired");
    });
    await Promise.all([request("GET", "/api/a"), request("GET", "/api/b"), request("GET", "/api/c")]);
    expect(callsTo("/api/auth/refresh")).toBe(1);
  });

  /** The first call is refused; meanwhile `renewedAtMs` is when another tab says that it renewed. */
  async function callBesideAnotherTab(renewedAtMs: number) {
    vi.useFakeTimers({ toFake: ["Date"], now: SENT_AT_MS });
    fetchMock.mockImplementationOnce(async () => {
      vi.setSystemTime(ANSWERED_AT_MS);
      localStorage.setItem("muster.refreshed_at", String(renewedAtMs));
      return refusal(401, "expired");
    });
    fetchMock.mockImplementation(async () => answer(200, {}));
    await request("GET", "/api/a");
  }

  it("repeats without renewing when another tab has just renewed", async () => {
    await callBesideAnotherTab(SENT_AT_MS + 1);
    expect(callsTo("/api/auth/refresh")).toBe(0);
  });

  it.each([
    ["before the call", SENT_AT_MS],
    ["in the future, because the clock was set back since", ANSWERED_AT_MS + 1],
  ])("renews when another tab did so %s", async (_when, renewedAtMs) => {
    await callBesideAnotherTab(renewedAtMs);
    expect(callsTo("/api/auth/refresh")).toBe(1);
  });

  it("gives up when the session is over, with the first refusal", async () => {
    fetchMock.mockImplementation(async () => refusal(401, "expired"));
    await expect(request("GET", "/api/a")).rejects.toMatchObject({ code: "expired" });
    expect(fetchMock).toHaveBeenCalledTimes(2);
  });

  it("does not renew for a wrong password", async () => {
    fetchMock.mockResolvedValueOnce(refusal(401, "wrong_credentials"));
    await expect(request("POST", "/api/auth/login", { body: {} })).rejects.toBeInstanceOf(ApiError);
    expect(fetchMock).toHaveBeenCalledTimes(1);
  });

  it("carries the fields, the request id and the hinted delay", async () => {
    const body = {
      code: "invalid",
      message: "m",
      request_id: "r9",
      fields: [{ field: "email", message: "needs an @" }],
    };
    fetchMock.mockResolvedValueOnce(answer(422, body, { "Retry-After": "7" }));
    await expect(request("POST", "/api/setup", { body: {} })).rejects.toMatchObject({
      status: 422,
      requestId: "r9",
      message: "M.",
      fields: { email: "Needs an @." },
      retryAfterMs: 7000,
    });
  });

  it("takes a proxy's page for an absent hub", async () => {
    fetchMock.mockResolvedValueOnce(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    const error = await request("GET", "/api/a").catch((caught: unknown) => caught);
    expect(isTemporary(error)).toBe(true);
  });

  it("tells an unreachable hub from a refusal", async () => {
    fetchMock.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    await expect(request("GET", "/api/a")).rejects.toBeInstanceOf(NetworkError);
  });
});

describe("parseRetryAfterMs", () => {
  it.each([
    [null, undefined],
    ["30", 30_000],
    ["Thu, 01 Jan 1970 00:00:12 GMT", 2_000],
    ["Thu, 01 Jan 1970 00:00:01 GMT", 0],
    ["soon", undefined],
  ])("%s", (header, delayMs) => expect(parseRetryAfterMs(header, 10_000)).toBe(delayMs));
});
