import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/**
 * A hub that is only an answer to the browser: the built portal, a few REST answers, and a socket that says what the caller
 * wants. For measuring the portal alone, with more people and more changes than a small machine could serve beside it.
 */

const DIST = join(import.meta.dirname, "../../web/dist");
const ORIGIN = "http://pretend.test";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const TEAMS = ["Support", "Design", "Sales", "Finance", "Platform"].map((name, index) => ({
  id: `team-${index}`,
  name,
}));

/** @returns what `GET /api/auth/me` says of somebody with this role */
export function me(role) {
  return {
    employeeId: "INT1",
    number: 1,
    name: "Ada Admin",
    email: "ada@example.org",
    role,
    managedTeams: [],
    capabilities: role === "employee" ? [] : ["watch_screen"],
    organization: { name: "Northwind", timeZone: "Europe/Berlin" },
  };
}

const FIRST = ["Mia", "Noah", "Élodie", "Kofi", "Sofia", "Omar", "Yuki", "Priya", "Lars", "Chen"];
const LAST = ["Wong", "Garcia", "Müller", "Okafor", "Keller", "Sato", "Nair", "Berg", "Rossi", "von Hohenfels-Schmidt"];

/** Somebody in a state that follows from `index`, so that every run draws the same board. */
export function person(index, nowMs) {
  const minute = 60_000;
  const base = {
    employee: index === 0 ? "INT1" : `INT${2600 + index}`,
    name: index === 0 ? "Ada Admin" : `${FIRST[index % 10]} ${LAST[Math.floor(index / 10) % 10]}`,
    team: TEAMS[index % TEAMS.length].id,
    reason: "input",
    last_seen: nowMs - 5_000,
  };
  const working = { working_since: nowMs - (40 + (index % 200)) * minute, tracks: index % 4 === 0 ? [0, 1] : [0] };
  const since = nowMs - ((index * 37) % 90) * minute - (index % 60) * 1_000;
  switch (index % 12) {
    case 1:
      return { ...base, ...working, status: "idle", reason: "no_input", since };
    case 3:
      return { ...base, ...working, status: "idle", overlay: index % 24 === 3 ? "meeting" : "break", since };
    case 5:
      return { ...base, status: "offline", reason: "logout", since, last_seen: since };
    case 7:
      return index % 24 === 7
        ? { ...base, status: "offline", reason: "never_seen", since: 0, last_seen: undefined }
        : { ...base, status: "offline", reason: "timeout", since, last_seen: nowMs - 30 * 60 * minute };
    case 9:
      return { ...base, ...working, status: "active", since, unstable: index % 60 === 9 };
    default:
      return { ...base, ...(index % 3 === 0 ? {} : working), status: "active", since };
  }
}

/** What `GET /api/alerts` says while everybody who is idle has been so for too long. */
function alerts(entries, nowMs) {
  const idle = entries.filter(({ status }) => status === "idle").slice(0, 100);
  return idle.map(({ employee, name }, index) => ({
    id: `alert-${index}`,
    kind: "idle_too_long",
    employee,
    name,
    since: nowMs - index * 60_000,
    detail: "",
  }));
}

/** What `GET /api/presence/history` says of a day on which `people` came and went. */
function history(people, nowMs) {
  const stepMs = 900_000;
  const points = Array.from({ length: 96 }, (_, index) => {
    const present = Math.round((people * (1 - Math.cos((index / 96) * 2 * Math.PI))) / 2.4);
    const idle = Math.round(present / 6);
    return { at: nowMs - (96 - index) * stepMs, active: present - idle, idle, offline: people - present };
  });
  return { stepMs, from: points[0].at, points };
}

function picture(id) {
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270"><rect width="480" height="270" fill="hsl(${hue} 30% 22%)"/>
    <rect x="20" y="18" width="300" height="234" rx="6" fill="hsl(${hue} 20% 92%)"/><rect x="336" y="18" width="124" height="110" rx="6" fill="hsl(${hue} 45% 45%)"/>
    ${[0, 1, 2, 3, 4, 5, 6].map((row) => `<rect x="40" y="${44 + row * 28}" width="${120 + ((row * 53 + hue) % 140)}" height="10" rx="3" fill="hsl(${hue} 15% 60%)"/>`).join("")}</svg>`;
}

/**
 * Answers everything that the page asks; gives how to speak through its socket once it is there.
 * @param {import("playwright-core").Page} page
 * @param {{ role: string, entries: object[], answers?: Record<string, unknown> }} world
 */
export async function pretendHub(page, { role, entries, answers = {} }) {
  await page.context().addCookies([{ name: "muster_csrf", value: "x", url: ORIGIN }]);
  const nowMs = Date.now();
  const fixed = {
    "/api/alerts": { items: alerts(entries, nowMs), next: null },
    "/api/auth/me": me(role),
    "/api/auth/ticket": { ticket: "t" },
    "/api/notice": { notice: { version: 1, text: "x", publishedAt: 1 }, acknowledged: true, acknowledgedVersion: 1 },
    "/api/presence/history": history(entries.length, nowMs),
    "/api/setup": { needed: false },
    "/api/teams": { items: TEAMS },
    "/api/viewings": { items: [] },
    "/api/work/sessions": [],
    "/api/uploads/list": Array.from({ length: 40 }, (_, index) => ({
      id: `shot-${index}`,
      file: `/api/uploads/shot-${index}`,
      thumb: `/api/uploads/shot-${index}/thumb`,
      ts: nowMs - index * 47_000,
      employeeId: entries[(index * 7) % entries.length].employee,
      width: 1920,
      height: 1080,
      bytes: 1,
      nearIdentical: false,
    })),
    ...answers,
  };
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname in fixed) return route.fulfill({ json: fixed[pathname] });
    if (pathname.startsWith("/api/uploads/")) {
      return route.fulfill({ body: picture(pathname.split("/")[3]), contentType: "image/svg+xml" });
    }
    const file = extname(pathname) === "" ? "/index.html" : pathname;
    return route.fulfill({ body: await readFile(DIST + file), contentType: TYPES[extname(file)] });
  });
  let seq = 0;
  let speak;
  const spoken = new Promise((resolve) => {
    speak = resolve;
  });
  await page.routeWebSocket(/\/ws\/portal$/, (socket) => {
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onMessage((text) => {
      const { type } = JSON.parse(text);
      if (type === "authenticate") say({ type: "ready", server_time: Date.now(), ping_every_ms: 20_000 });
      if (type !== "subscribe") return;
      say({ type: "presence_state", epoch: 1, seq, entries });
      speak({
        say,
        change: (changed) => {
          seq += 1;
          say({ type: "presence_diff", epoch: 1, seq, changed, gone: [] });
        },
      });
    });
  });
  return { origin: ORIGIN, spoken };
}
