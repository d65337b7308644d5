import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { inPage, launchBrowser } from "../support/browser.mjs";
import { startHub } from "../support/hub.mjs";
import { card, signIn, untilLive } from "../support/portal.mjs";
import { ADMIN, addEmployee, addTeam, logIn, logOut, setUp } from "../support/rest.mjs";

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

  it("shows a manager their own teams and nobody else", async () => {
    const { origin } = hub;
    const [support, design] = await Promise.all(["Support", "Design"].map((name) => addTeam(origin, adminToken, name)));
    await addEmployee(origin, adminToken, { employeeId: "INT2620", name: "Sofia Keller", teamId: support });
    await addEmployee(origin, adminToken, { employeeId: "INT2621", name: "Omar García", teamId: design });
    const max = { employeeId: "INT2622", name: "Max Manager", role: "manager", managedTeams: [support] };
    const manager = await addEmployee(origin, adminToken, max);
    await inPage(browser, { name: "manager", baseURL: origin }, async (page) => {
      await signIn(page, manager);
      await page.getByText("Who is working in your teams").waitFor();
      await page.getByLabel("Search people").fill("o");
      await card(page, "Sofia Keller", "Never signed in").waitFor();
      assert.equal(await page.getByText("Omar García").count(), 0);
      assert.deepEqual(await page.getByLabel("Team").locator("option").allTextContents(), ["All teams", "Support"]);
      assert.equal(await page.getByRole("button", { name: "Add person" }).count(), 0);
    });
  });

  it("tells a manager without a team what is missing", async () => {
    const lone = { employeeId: "INT2623", name: "Lone Manager", role: "manager" };
    const manager = await addEmployee(hub.origin, adminToken, lone);
    await inPage(browser, { name: "manager without a team", baseURL: hub.origin }, async (page) => {
      await signIn(page, manager);
      await page.getByRole("heading", { name: "You manage no team yet" }).waitFor();
    });
  });
});
