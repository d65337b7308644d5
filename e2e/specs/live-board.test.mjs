import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { inPage, launchBrowser } from "../support/browser.mjs";
import { startHub } from "../support/hub.mjs";
import { card, signIn, untilLive } from "../support/portal.mjs";
import { ADMIN, addEmployee, logIn, logOut, setUp } from "../support/rest.mjs";

describe("the live board", () => {
  let hub;
  let browser;
  let adminToken;
  before(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    await setUp(hub);
    adminToken = await logIn(hub.origin, ADMIN);
  });
  after(async () => {
    await browser?.close();
    await hub?.stop();
  });

  it("shows an employee come and go without a reload", async () => {
    await inPage(browser, { name: "come and go", baseURL: hub.origin }, async (page) => {
      await signIn(page);
      await page.evaluate(() => {
        globalThis.isSamePage = true;
      });
      const mia = await addEmployee(hub.origin, adminToken, { employeeId: "INT2607", name: "Mia Wong" });
      const absent = page.getByRole("button", { name: /^Offline/, expanded: false });
      await absent.waitFor();

      const token = await logIn(hub.origin, mia);
      await card(page, "Mia Wong", "Active").waitFor();

      await logOut(hub.origin, token);
      await card(page, "Mia Wong", "Active").waitFor({ state: "detached" });
      await absent.click();
      await card(page, "Mia Wong", "Signed out").waitFor();
      assert.equal(await page.evaluate(() => globalThis.isSamePage), true);
    });
  });

  it("filters by status and text, and keeps that in the address", async () => {
    await addEmployee(hub.origin, adminToken, { employeeId: "INT2608", name: "Élodie Müller" });
    await inPage(browser, { name: "filters", baseURL: hub.origin }, async (page) => {
      await signIn(page);
      await card(page, ADMIN.name, "Active").waitFor();
      await page.getByRole("button", { name: /Offline$/, pressed: false }).click();
      await card(page, "Élodie Müller", "Never signed in").waitFor();
      await card(page, ADMIN.name, "Active").waitFor({ state: "detached" });
      await page.waitForURL((url) => url.searchParams.get("status") === "offline");

      await page.getByLabel("Search people").fill("elodie mul");
      await page.getByText(/^1 of \d+ people$/).waitFor();
      await page.reload();
      await card(page, "Élodie Müller", "Never signed in").waitFor();
      await page.getByText(/^1 of \d+ people$/).waitFor();

      await page.getByRole("button", { name: "Clear filters" }).click();
      await card(page, ADMIN.name, "Active").waitFor();
      assert.equal(new URL(page.url()).search, "");
    });
  });

  it("adds a person, who appears by themselves", async () => {
    await inPage(browser, { name: "add a person", baseURL: hub.origin }, async (page, faults) => {
      await signIn(page);
      await page.getByRole("button", { name: "Add person" }).first().click();
      const dialog = page.getByRole("dialog", { name: "Add a person" });
      await dialog.getByLabel("Name").fill("Noah Garcia");
      await dialog.getByLabel("E-mail").fill("noah@example.org");
      await dialog.getByLabel("First password").fill("a first password");

      faults.expectRefusal("/api/employees", 409);
      await dialog.getByLabel("Employee ID").fill("INT2607");
      await dialog.getByRole("button", { name: "Add person" }).click();
      await dialog.getByRole("alert").waitFor();

      await dialog.getByLabel("Employee ID").fill("INT2609");
      await dialog.getByRole("button", { name: "Add person" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByLabel("Search people").fill("noah");
      await card(page, "Noah Garcia", "Never signed in").waitFor();
    });
  });

  it("is live again by itself after the hub was restarted", async () => {
    const kofi = await addEmployee(hub.origin, adminToken, { employeeId: "INT2612", name: "Kofi Okafor" });
    await inPage(browser, { name: "restart", baseURL: hub.origin }, async (page, faults) => {
      await signIn(page);
      await faults.duringOutage(async () => {
        await hub.halt();
        await page.getByRole("status").filter({ hasText: "Connection lost" }).waitFor({ state: "attached" });
        await hub.startAgain();
        // The hub spreads returning pages over time; this one is told that its network is back.
        await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
        await untilLive(page);
      });
      await logIn(hub.origin, kofi);
      await card(page, "Kofi Okafor", "Active").waitFor();
    });
  });

  it("shows an employee their own status and nobody else's", async () => {
    const yuki = await addEmployee(hub.origin, adminToken, { employeeId: "INT2610", name: "Yuki Sato" });
    await inPage(browser, { name: "own status", baseURL: hub.origin }, async (page) => {
      await signIn(page, yuki);
      await page.getByRole("heading", { level: 1, name: "My status" }).waitFor();
      await page.getByRole("region", { name: "Your status" }).filter({ hasText: "Active" }).waitFor();
      assert.equal(await page.getByText(ADMIN.name).count(), 0);
      assert.equal(await page.getByLabel("Search people").count(), 0);
    });
  });
});
