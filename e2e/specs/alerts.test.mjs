import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertAccessible, assertNoSidewaysScroll } from "../support/axe.mjs";
import { NARROW } from "../support/browser.mjs";
import { open, signIn, wiretap } from "../support/portal.mjs";
import { useStage } from "../support/stage.mjs";

// How alerts are shown: what the hub would push is said in its place. When it does is a test of the hub's.
describe("alerts", () => {
  const stage = useStage();
  let mia;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
  });

  it("are counted above every page and said on the dashboard as one thing of each kind, until they are over", async () => {
    await stage.inPage({ name: "alerts" }, async (page) => {
      const hub = await wiretap(page);
      await signIn(page);
      await bell(page, "No open alerts").waitFor();
      const failing = alertOf("capture_failing", "INT2607", "Mia Wong", "the display is off");
      hub.say({ type: "event", kind: "alert_raised", alert: failing });
      await strip(page, "No picture can be taken of Mia Wong: the display is off.").waitFor();
      await page.getByRole("status").filter({ hasText: "1 open alert" }).waitFor({ state: "attached" });
      hub.say({ type: "event", kind: "alert_raised", alert: alertOf("not_logged_in", "INT2608", "Noah Garcia", "") });
      await bell(page, "2 open alerts").click();
      const list = page.getByRole("dialog", { name: "Alerts" });
      await list.getByText("Noah Garcia has not signed in today.").waitFor();
      await assertAccessible(page);
      await list.getByRole("link", { name: "All alerts" }).click();
      await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
      await list.waitFor({ state: "hidden" });

      hub.say({ type: "event", kind: "alert_cleared", id: failing.id, employee: "INT2607", until: Date.now() });
      await bell(page, "1 open alert").waitFor();
      await page.getByRole("listitem").filter({ hasText: "Mia Wong" }).getByText("over").waitFor();
    });
  });

  it("are put away when they were read, and come back when there is more", async () => {
    await stage.inPage({ name: "alerts put away" }, async (page) => {
      const hub = await wiretap(page);
      await signIn(page);
      await bell(page, "No open alerts").waitFor();
      hub.say({ type: "event", kind: "alert_raised", alert: alertOf("idle_too_long", "INT2607", "Mia Wong", "") });
      const said = strip(page, "Mia Wong has been idle for long while working.");
      await said.waitFor();
      await page.getByRole("button", { name: "Dismiss" }).click();
      await said.waitFor({ state: "detached" });
      hub.say({ type: "event", kind: "alert_raised", alert: alertOf("idle_too_long", "INT2608", "Noah Garcia", "") });
      await strip(page, "Idle for long while working: Noah Garcia and Mia Wong.").waitFor();
    });
  });

  it("are the same to the person whom they are about, said to them", async () => {
    await stage.inPage({ name: "own alerts", viewport: NARROW }, async (page) => {
      const hub = await wiretap(page);
      await signIn(page, mia);
      await bell(page, "No open alerts").waitFor();
      const failing = alertOf("capture_failing", "INT2607", "Mia Wong", "the display is off");
      hub.say({ type: "event", kind: "alert_raised", alert: failing });
      const said = strip(page, "No picture can be taken of your screen: the display is off.");
      await said.filter({ hasText: "Your managers see this alert too." }).waitFor();
      await assertNoSidewaysScroll(page);
      await assertAccessible(page);
    });
  });

  it("are chosen by an administrator, who may take a change back", async () => {
    await stage.inPage({ name: "alert settings" }, async (page) => {
      await open(page, "/settings/alerts");
      const idle = page.getByRole("checkbox", { name: "Idle for long" });
      assert.equal(await idle.isChecked(), false);
      assert.equal(await page.getByRole("checkbox", { name: "Pictures fail" }).isChecked(), true);
      await assertAccessible(page);
      await idle.check();
      await page.getByLabel("Minutes without input").fill("25");
      await page.getByRole("button", { name: "Save" }).press("Enter");
      await page.getByRole("status").filter({ hasText: "Alert settings saved." }).waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Save", exact: true }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Save");
      await page.reload();
      assert.equal(await page.getByLabel("Minutes without input").inputValue(), "25");
      assert.equal(await idle.isChecked(), true);

      await idle.uncheck();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("status").filter({ hasText: "Press F8 to undo." }).waitFor({ state: "attached" });
      await page.keyboard.press("F8");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.querySelector('input[name="idleTooLong"]')?.checked === true);
    });
  });
});

/** What stands above the page's own things; the list behind the bell says the same sentences. */
function strip(page, words) {
  return page.getByRole("status").filter({ hasText: words });
}

function bell(page, words) {
  return page.getByRole("button", { name: words, exact: true });
}

let made = 0;
function alertOf(kind, employee, name, detail) {
  made += 1;
  const id = `0190a0f0-0000-7000-8000-${String(made).padStart(12, "0")}`;
  return { id, kind, employee, name, since: Date.now() - 60_000 + made, until: null, detail };
}
