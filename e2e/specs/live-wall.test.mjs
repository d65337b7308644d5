import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible } from "../support/axe.mjs";
import { NARROW } from "../support/browser.mjs";
import { signIn } from "../support/portal.mjs";
import { call, logIn } from "../support/rest.mjs";
import { useDemoStage } from "../support/stage.mjs";

/** People with an agent. */
const FLEET = 6;
/** A picture of the wall is at most this wide; one of the enlarged view is wider. */
const WALL_WIDTH_MAX = 480;

/** A tile that shows a live picture. */
function liveTiles(page) {
  return page.getByRole("group", { name: /live picture$/ });
}

/** The tile of one person's first display. */
function tileOf(page, name) {
  return page.getByRole("group", { name: new RegExp(`^${name},`) }).first();
}

/** Who is on a tile. */
async function nameOn(tile) {
  return (await tile.getAttribute("aria-label")).split(",")[0];
}

/** What the canvas of a tile shows, as one number. */
function pixels(tile) {
  return tile.locator("canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at] + data[at + 1] + data[at + 2]) | 0;
    return sum;
  });
}

async function untilMoved(tile) {
  const before = await pixels(tile);
  const deadline = Date.now() + 15_000;
  while ((await pixels(tile)) === before) {
    assert.ok(Date.now() < deadline, "the picture stands still");
    await tile.page().waitForTimeout(100);
  }
}

async function openWall(page, person) {
  await signIn(page, person);
  await page.getByRole("link", { name: "Live wall" }).first().click();
  await liveTiles(page).first().waitFor();
}

describe("the live wall", () => {
  const stage = useDemoStage(FLEET);

  it("shows pictures that move, in both themes and on a phone", async () => {
    for (const [colorScheme, viewport] of [["dark"], ["light"], ["dark", NARROW]]) {
      const look = viewport ? { colorScheme, viewport } : { colorScheme };
      await stage.inPage({ name: `wall ${colorScheme}`, ...look }, async (page) => {
        await signIn(page, stage.hub.signIns.manager, "/live");
        await liveTiles(page).first().waitFor();
        await untilMoved(liveTiles(page).first());
        await assertAccessible(page);
      });
    }
  });

  it("enlarges a screen by keyboard, fills its strip, shows a past moment, and goes back", async () => {
    await stage.inPage({ name: "enlarged" }, async (page) => {
      await openWall(page, stage.hub.signIns.manager);
      await liveTiles(page).first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.searchParams.has("open"));
      await page.waitForFunction(
        (max) => [...document.querySelectorAll("canvas")].some(({ width }) => width > max),
        WALL_WIDTH_MAX,
      );
      const moments = page.getByRole("toolbar", { name: /^Moments/ }).getByRole("button");
      await moments.nth(2).waitFor();
      await moments
        .first()
        .locator("img")
        .evaluate((image) => image.decode());
      await moments.first().click();
      await page.getByRole("button", { name: "Back to live" }).click();
      await assertAccessible(page);
      await page.keyboard.press("Escape");
      await page.waitForURL((url) => !url.searchParams.has("open"));
      await liveTiles(page).first().waitFor();
    });
  });

  it("says why a tile is blank, and shows it again when the reason is gone", async () => {
    await stage.inPage({ name: "blank" }, async (page) => {
      await openWall(page, stage.hub.signIns.manager);
      const employee = stage.hub.signIns.employee;
      const token = await logIn(stage.origin, employee);
      const { name } = await call(stage.origin, "GET", "/api/auth/me", { token });
      await tileOf(page, name).and(liveTiles(page)).waitFor();
      await call(stage.origin, "POST", "/api/work/break/start", { token });
      await tileOf(page, name).filter({ hasText: "On a break" }).waitFor();
      await call(stage.origin, "POST", "/api/work/break/stop", { token });
      await tileOf(page, name).and(liveTiles(page)).waitFor();

      const { items } = await call(stage.origin, "GET", `/api/devices`, { token });
      const device = items[0].deviceId ?? items[0].id;
      await call(stage.origin, "DELETE", `/api/devices/${device}`, { token: stage.adminToken });
      await tileOf(page, name)
        .filter({ hasText: /Offline|No agent/ })
        .waitFor();
    });
  });

  it("is seen by the person who is watched, while it is open and afterwards", async () => {
    await stage.inPage({ name: "watcher" }, async (page) => {
      await openWall(page, stage.hub.signIns.manager);
      const watched = await nameOn(liveTiles(page).first());
      const people = await call(stage.origin, "GET", "/api/employees", { token: stage.adminToken });
      const person = people.find(({ name }) => name === watched);
      const email = person.email;
      const password = "seen by the person who is watched";
      await call(stage.origin, "PATCH", `/api/employees/${person.employeeId}`, {
        token: stage.adminToken,
        body: { password },
      });
      await stage.inPage({ name: "watched" }, async (own) => {
        await signIn(own, { email, password });
        await own.getByRole("button", { name: /is watching your screen/ }).waitFor();
        await page.goto("/");
        await own.getByRole("button", { name: /is watching your screen/ }).waitFor({ state: "detached" });
        await own.goto("/viewings");
        await own.getByRole("row").filter({ hasText: "Max Manager" }).first().waitFor();
        await assertAccessible(own);
      });
    });
  });
});
