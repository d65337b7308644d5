import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { deliver, enrolDevice, spooled } from "../support/agent.mjs";
import { assertAccessible } from "../support/axe.mjs";
import { durationMs, exported, parseCsv, sumOf } from "../support/exports.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn } from "../support/portal.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

// In Berlin the clocks went back in this night: three o'clock in summer time became two o'clock in winter time.
const DST_DAY = "2026-10-25";
const MIDNIGHT = Date.parse("2026-10-24T22:00:00Z");
/** Somebody on a night shift over midnight and over the changed clocks, with odd milliseconds everywhere. */
const NIGHT = [
  { kind: "work_started", at: MIDNIGHT - 2 * HOUR_MS + 123 },
  { kind: "idle_began", at: MIDNIGHT - 10 * MINUTE_MS + 7 },
  { kind: "idle_ended", at: MIDNIGHT + 20 * MINUTE_MS + 11 },
  { kind: "break_began", at: MIDNIGHT + 2 * HOUR_MS + 45 * MINUTE_MS + 1 },
  { kind: "break_ended", at: MIDNIGHT + 3 * HOUR_MS + 15 * MINUTE_MS + 2 },
  { kind: "work_stopped", at: MIDNIGHT + 5 * HOUR_MS + 999 },
  { kind: "work_started", at: MIDNIGHT + 24 * HOUR_MS + 30 * MINUTE_MS + 5 },
  { kind: "work_stopped", at: MIDNIGHT + 25 * HOUR_MS + 30 * MINUTE_MS + 6 },
];

describe("work hours", () => {
  const stage = useStage();
  let mia;
  let noah;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    const { token, agentUrl } = await call(stage.origin, "POST", "/api/auth/login", { body: mia });
    await deliver(agentUrl, await enrolDevice(stage.origin, token), spooled(NIGHT));
  });

  it("equal the sums of the exported segments, to the millisecond, over midnight and changed clocks", async () => {
    await stage.inPage({ name: "hours to the millisecond" }, async (page) => {
      await open(page, `/hours?date=${DST_DAY}`);
      const row = page.getByRole("row").filter({ hasText: "Mia Wong" });
      const figure = (name) => row.locator(`[data-figure="${name}"] data`);
      await figure("net").waitFor();
      const shown = {};
      for (const name of ["active", "idle", "net"]) shown[name] = Number(await figure(name).getAttribute("value"));

      const segments = parseCsv(await exported(page, "Segments as CSV")).filter(
        ({ employeeId }) => employeeId === "INT2607",
      );
      const summed = sumOf(segments);
      assert.deepEqual(shown, summed);
      // By hand: five hours and a second after midnight, and half past midnight of the day of 25 hours.
      const active = 5 * HOUR_MS + 999 + 30 * MINUTE_MS - 5;
      const idle = 20 * MINUTE_MS + 11;
      assert.deepEqual(summed, { active, idle, net: active - idle - (30 * MINUTE_MS + 1) });

      const path = `/api/work/summary?from=${DST_DAY}&to=${DST_DAY}&employee=INT2607`;
      const [json] = await call(stage.origin, "GET", path, { token: stage.adminToken });
      assert.deepEqual({ active: json.activeMs, idle: json.idleMs, net: json.netMs }, shown);
      const [csv] = parseCsv(await exported(page, "Hours as CSV")).filter(({ employeeId }) => employeeId === "INT2607");
      assert.equal(durationMs(csv.netMs), shown.net);
      // Where two o'clock comes twice, the file says which one.
      const inBreak = segments.find(({ kind }) => kind === "break");
      assert.deepEqual([inBreak.from, inBreak.to], ["2026-10-25T02:45:00.001+02:00", "2026-10-25T02:15:00.002+01:00"]);
    });
  });

  it("of two days are what both days are, with nothing lost or counted twice at midnight", async () => {
    await stage.inPage({ name: "hours of a week" }, async (page) => {
      await open(page, `/hours?period=week&date=${DST_DAY}`);
      const row = page.getByRole("row").filter({ hasText: "Mia Wong" });
      const days = row.locator("[data-date] data");
      await days.first().waitFor();
      const nets = await days.evaluateAll((cells) => cells.map((cell) => Number(cell.value)));
      const net = Number(await row.locator('[data-figure="net"] data').getAttribute("value"));
      assert.equal(nets.length, 2);
      assert.equal(
        nets.reduce((sum, ms) => sum + ms, 0),
        net,
      );
    });
  });

  it("have a strip with the exact edges, which the keyboard steps through", async () => {
    await stage.inPage({ name: "day strip" }, async (page) => {
      await open(page, `/hours?date=${DST_DAY}`);
      const strip = page.getByRole("slider", { name: /^Mia Wong, Sun, 25 Oct 2026/ });
      await strip.waitFor();
      await page.getByRole("button", { name: /^Mia Wong/ }).focus();
      await page.keyboard.press("Tab");
      const said = () => strip.getAttribute("aria-valuetext");
      await page.keyboard.press("ArrowRight");
      assert.equal(await said(), "Idle, 00:00:00 to 00:20:00, 20:00");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      assert.equal(await said(), "Break, 02:45:00 to 02:15:00, 30:00");
      await page.getByRole("tooltip").filter({ hasText: "02:45:00 – 02:15:00" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("tooltip").waitFor({ state: "detached" });
      const { x, y, width, height } = await strip.boundingBox();
      // Twelve of twenty-five hours: nobody worked.
      await page.mouse.move(x + (width * 12) / 25, y + height / 2);
      await page.getByRole("tooltip").filter({ hasText: "Nothing recorded" }).waitFor();
    });
  });

  it("open to what they are made of, take a correction with its reason, and the person sees it", async () => {
    await stage.inPage({ name: "correction" }, async (page) => {
      await open(page, `/hours?date=${DST_DAY}`);
      const toggle = page.getByRole("button", { name: /^Mia Wong/ });
      await toggle.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("open") === "INT2607");
      const sessions = page.getByRole("region", { name: "Sessions, as recorded" });
      await sessions.getByRole("cell", { name: "24 Oct, 22:00:00" }).waitFor();
      await page.getByText("None: the hours are as they were recorded.").waitFor();

      await page.getByRole("button", { name: "Correct time" }).click();
      const dialog = page.getByRole("dialog", { name: "Correct the hours of Mia Wong" });
      await dialog.getByLabel("It was").selectOption("Active");
      await dialog.getByLabel("Reason").fill("A phone call");
      await assertAccessible(page);
      await dialog.getByRole("button", { name: "Correct 0:20:00" }).click();
      await dialog.waitFor({ state: "detached" });
      const item = page.getByRole("region", { name: "Corrections" }).getByRole("listitem");
      await item.filter({ hasText: "A phone call" }).filter({ hasText: "Ada Admin" }).waitFor();
      const idle = page.getByRole("row").filter({ hasText: "Mia Wong" }).locator('[data-figure="idle"] data').first();
      await page.waitForFunction((data) => data.value === "0", await idle.elementHandle());
    });
    await stage.inPage({ name: "own corrections" }, async (page) => {
      await signIn(page, mia, `/hours?date=${DST_DAY}&open=INT2607`);
      await page.getByRole("heading", { level: 1, name: "My work hours" }).waitFor();
      await page.getByText("A phone call").waitFor();
      assert.equal(await page.getByRole("button", { name: "Correct time" }).count(), 0);
      assert.equal(await page.getByText("Noah Garcia").count(), 0);
    });
  });

  it("set how often a screenshot is taken, at once, on every page that shows it", async () => {
    await stage.inPage({ name: "interval" }, async (page) => {
      await open(page, "/hours");
      const choice = (where) => where.getByRole("combobox", { name: "Minutes between screenshots of Noah Garcia" });
      await choice(page).waitFor();
      await stage.inPage({ name: "interval elsewhere" }, async (other) => {
        await open(other, "/hours");
        await choice(other).waitFor();
        await choice(page).selectOption("7 min");
        await page
          .getByRole("status")
          .filter({ hasText: "Every 7 minutes from now on." })
          .waitFor({ state: "attached" });
        await other.waitForFunction((select) => select.value === "7", await choice(other).elementHandle());
      });
      const answer = await call(stage.origin, "GET", "/api/capture-interval?employeeId=INT2608", {
        token: stage.adminToken,
      });
      assert.equal(answer.intervalMinutes, 7);
    });
  });

  it("say who is active the moment they punch in, and when they left", async () => {
    const { token } = await call(stage.origin, "POST", "/api/auth/login", { body: noah });
    await stage.inPage({ name: "punching in" }, async (page) => {
      await open(page, "/hours");
      const row = page.getByRole("row").filter({ hasText: "Noah Garcia" });
      await row.waitFor();
      await call(stage.origin, "POST", "/api/work/start", { token });
      await row.getByText("Active", { exact: true }).last().waitFor();
      await page.getByText("1 active now").waitFor();
      await call(stage.origin, "POST", "/api/work/stop", { token });
      await page.getByText("0 active now").waitFor();
    });
  });

  it("keep filters in the address, and say so when nobody matches", async () => {
    await stage.inPage({ name: "hours filters" }, async (page) => {
      await signIn(page);
      await page.getByRole("link", { name: "Work hours" }).click();
      await page.getByLabel("Find a person").fill("noa");
      await page.waitForURL((url) => url.searchParams.get("q") === "noa");
      await page.getByRole("row").filter({ hasText: "Mia Wong" }).waitFor({ state: "detached" });
      await page.reload();
      await page.getByRole("row").filter({ hasText: "Noah Garcia" }).waitFor();
      await page.getByLabel("Find a person").fill("nobody");
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.getByRole("row").filter({ hasText: "Mia Wong" }).waitFor();
      await page.getByRole("button", { name: "Net" }).click();
      await page.waitForURL((url) => url.searchParams.get("sort") === "net");
      assert.equal(await page.getByRole("columnheader", { name: "Net" }).getAttribute("aria-sort"), "ascending");
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`can be read by everybody, ${look}`, async () => {
      await stage.inPage({ name: `hours ${look}`, ...options }, async (page) => {
        await signIn(page);
        for (const path of [`/hours?date=${DST_DAY}&open=INT2607`, `/hours?period=week&date=${DST_DAY}&open=INT2607`]) {
          await page.goto(path);
          await page.getByRole("region", { name: "Sessions, as recorded" }).getByRole("row").nth(1).waitFor();
          await assertSound(page);
        }
      });
    });
  }

  it("are on paper whole, however many people there are", async () => {
    await stage.inPage({ name: "hours on paper" }, async (page) => {
      const rows = Array.from({ length: 300 }, (_, index) => summaryOf(index));
      await page.route("**/api/work/summary?*", (route) => route.fulfill({ json: rows }));
      await page.route("**/api/work/segments?*", (route) => route.fulfill({ json: [] }));
      await page.route("**/api/capture-intervals", (route) => route.fulfill({ json: { items: [] } }));
      await open(page, "/hours");
      const shown = page.getByRole("table", { name: /^Work hours/ }).getByRole("rowheader");
      await shown.first().waitFor();
      assert.ok((await shown.count()) < 60, "only what is in sight is drawn");
      await page.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
      assert.equal(await shown.count(), 300);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.getByRole("navigation").first().isVisible(), false);
      await page.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
    });
  });

  it("say why they cannot be shown", async () => {
    await stage.inPage({ name: "hours refused" }, async (page, faults) => {
      faults.expectRefusal("/api/work/summary", 500);
      const refusal = { code: "internal", message: "something broke", request_id: "1" };
      await page.route("**/api/work/summary?*", (route) => route.fulfill({ status: 500, json: refusal }), { times: 1 });
      await open(page, "/hours");
      await page.getByRole("alert").filter({ hasText: "Something broke." }).waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("row").filter({ hasText: "Mia Wong" }).waitFor();
    });
  });
});

function summaryOf(index) {
  return {
    employeeId: `P${index}`,
    name: `Person ${index}`,
    date: DST_DAY,
    breakSeconds: 0,
    meetingSeconds: 0,
    activeMs: HOUR_MS,
    idleMs: 0,
    netMs: HOUR_MS,
    firstLogin: MIDNIGHT,
    lastLogout: MIDNIGHT + HOUR_MS,
    running: false,
    sessions: 1,
  };
}
