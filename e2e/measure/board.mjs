// How much the live board costs the browser: `node measure/board.mjs [people] [changes per second] [seconds]`.
// Prints when the board stood, then the longest tasks of the main thread and how busy it was while nothing is touched, while the
// page scrolls, and while somebody types into the search. CPU time is the page's own; wall time also has what the machine did
// meanwhile, and the drawing of a browser without a graphics card.
import { launchBrowser, WIDE } from "../support/browser.mjs";
import { person, pretendHub } from "./pretend.mjs";

const [people = 5_000, changesPerSecond = 50, seconds = 20] = process.argv.slice(2).map(Number);
/** As the hub collects them. */
const DIFF_EVERY_MS = 100;
/** A notch of a wheel that is turned fast: 4,000 pixels a second. */
const NOTCH_PX = 100;
const NOTCH_EVERY_MS = 25;

const browser = await launchBrowser();
const context = await browser.newContext({ viewport: WIDE, colorScheme: "dark", locale: "en-GB" });
const page = await context.newPage();
await page.addInitScript(noteFirstCard);
const startMs = Date.now();
const entries = Array.from({ length: people }, (_, index) => person(index, startMs));
const hub = await pretendHub(page, { role: "admin", entries });
const change = await phase("loading", async () => {
  await page.goto(hub.origin);
  const { change } = await hub.spoken;
  await page.getByText(`${people.toLocaleString("en")} people`).waitFor();
  await page.getByRole("article").first().waitFor();
  return change;
});
const firstCardMs = await page.evaluate(() => window.firstCardMs);
console.log(`the first card stood ${Math.round(firstCardMs)} ms after the navigation`);
await page.waitForLoadState("networkidle");

let turn = 0;
const timer = setInterval(() => {
  const nowMs = Date.now();
  const count = Math.round((changesPerSecond * DIFF_EVERY_MS) / 1000);
  change(
    Array.from({ length: count }, () => {
      turn += 1;
      const index = (turn * 131) % people;
      const before = entries[index];
      const status = before.status === "active" ? "idle" : "active";
      entries[index] = { ...before, status, overlay: undefined, since: nowMs, last_seen: nowMs };
      return entries[index];
    }),
  );
}, DIFF_EVERY_MS);

await phase("untouched", () => page.waitForTimeout(seconds * 1000));
await phase("scrolling", async () => {
  const untilMs = Date.now() + seconds * 1000;
  while (Date.now() < untilMs) {
    await page.mouse.wheel(0, NOTCH_PX);
    await page.waitForTimeout(NOTCH_EVERY_MS);
  }
});
await phase("searching", async () => {
  await page.getByLabel("Search people").fill("");
  await page.getByLabel("Search people").pressSequentially("mia wong", { delay: 200 });
});
clearInterval(timer);
await browser.close();

async function phase(name, steps) {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  const fromMs = Date.now();
  const result = await steps();
  const lengthMs = Date.now() - fromMs;
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const tasks = tasksOfPage(traceEvents);
  const cpuMs = tasks.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
  const wallMs = tasks.map(({ dur }) => dur / 1000).sort((a, b) => b - a);
  const busy = (cpuMs.reduce((sum, ms) => sum + ms, 0) / lengthMs) * 100;
  console.log(
    `${name}: busy ${busy.toFixed(1)} % of ${(lengthMs / 1000).toFixed(1)} s, ${tasks.length} tasks;`,
    `CPU: ${over50(cpuMs)}, longest ${cpuMs[0].toFixed(1)} ms; wall: ${over50(wallMs)}, longest ${wallMs[0].toFixed(1)} ms`,
  );
  return result;
}

function over50(lengthsMs) {
  return `${lengthsMs.filter((ms) => ms > 50).length} over 50 ms`;
}

/** In the page. */
function noteFirstCard() {
  requestAnimationFrame(function look() {
    if (document.querySelector("article")) window.firstCardMs = performance.now();
    else requestAnimationFrame(look);
  });
}

/** The tasks of the main thread of the page: of the renderer that had the most of them. */
function tasksOfPage(events) {
  const names = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const perThread = names.map(({ pid, tid }) =>
    events.filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith("RunTask") && event.dur),
  );
  return perThread.reduce((most, tasks) => (tasks.length > most.length ? tasks : most), []);
}
