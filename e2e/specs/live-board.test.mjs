import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAccessible } from "../support/axe.mjs";
import { card, signIn, untilLive, wiretap } from "../support/portal.mjs";
import { ADMIN, call, logIn, logOut } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("the live board", () => {
  const stage = useStage();

  it("shows an employee come and go without a reload", async () => {
    await stage.inPage({ name: "come and go" }, async (page) => {
      await signIn(page);
      await page.evaluate(() => {
        globalThis.isSamePage = true;
      });
      const mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
      const absent = page.getByRole("button", { name: /^Not seen today/, expanded: false });
      await absent.click();
      await card(page, "Mia Wong", "Never signed in").waitFor();

      const token = await logIn(stage.origin, mia);
      await card(page, "Mia Wong", "Active").waitFor();

      await logOut(stage.origin, token);
      await card(page, "Mia Wong", "Active").waitFor({ state: "detached" });
      await page.getByRole("button", { name: /^Offline, seen today/, expanded: false }).click();
      await card(page, "Mia Wong", "Signed out").waitFor();
      await absent.waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => globalThis.isSamePage), true);
    });
  });

  it("filters by status and text, and keeps that in the address", async () => {
    await stage.addEmployee({ employeeId: "INT2608", name: "Élodie Müller" });
    await stage.inPage({ name: "filters" }, async (page) => {
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

  it("goes to the first who match, from however far down", async () => {
    const employees = Array.from({ length: 400 }, (_, index) => ({
      employeeId: `BULK${index}`,
      name: `Person ${String(index).padStart(3, "0")}`,
      email: `person${index}@example.org`,
    }));
    await call(stage.origin, "POST", "/api/employees/bulk", { token: stage.adminToken, body: { employees } });
    await stage.inPage({ name: "from far down" }, async (page) => {
      await signIn(page, ADMIN, "/?absent=shown");
      await page.getByRole("article").first().waitFor();
      await page.waitForFunction(() => {
        globalThis.scrollTo(0, document.documentElement.scrollHeight);
        return [...document.querySelectorAll("article")].some((one) => one.textContent.includes("Person 399"));
      });
      await page.keyboard.press("/");
      await page.keyboard.type("person 1");
      const first = page.getByRole("article", { name: "Person 100", exact: true });
      await first.waitFor();
      await page.waitForFunction(
        (article) => {
          const { top, bottom } = article.getBoundingClientRect();
          return top > 52 && bottom < globalThis.innerHeight;
        },
        await first.elementHandle(),
      );
      // What is out of sight comes by itself.
      await page.waitForFunction(() => document.querySelectorAll("article").length > 30);
    });
  });

  it("adds a person, who appears by themselves", async () => {
    await stage.inPage({ name: "add a person" }, async (page, faults) => {
      await signIn(page);
      await page.getByRole("button", { name: "Add person" }).first().click();
      const dialog = page.getByRole("dialog", { name: "Add a person" });
      await dialog.getByLabel("Name").fill("Noah Garcia");
      await dialog.getByLabel("E-mail").fill("noah@example.org");
      await dialog.getByLabel("Sign-in").selectOption("password");
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
    const kofi = await stage.addEmployee({ employeeId: "INT2612", name: "Kofi Okafor" });
    await stage.inPage({ name: "restart" }, async (page, faults) => {
      await signIn(page);
      await faults.duringOutage(async () => {
        await stage.hub.halt();
        await page.getByRole("status").filter({ hasText: "Connection lost" }).waitFor({ state: "attached" });
        await stage.hub.startAgain();
        // The hub spreads returning pages over time; this one is told that its network is back.
        await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
        await untilLive(page);
      });
      await logIn(stage.origin, kofi);
      await card(page, "Kofi Okafor", "Active").waitFor();
    });
  });

  it("shows a manager their own teams and nobody else", async () => {
    const [support, design] = [await stage.addTeam("Support"), await stage.addTeam("Design")];
    await stage.addEmployee({ employeeId: "INT2620", name: "Sofia Keller", teamId: support });
    await stage.addEmployee({ employeeId: "INT2621", name: "Omar García", teamId: design });
    const max = { employeeId: "INT2622", name: "Max Manager", role: "manager", managedTeams: [support] };
    const manager = await stage.addEmployee(max);
    await stage.inPage({ name: "manager" }, async (page) => {
      await signIn(page, manager);
      await page.getByText("Who is working in your teams").waitFor();
      await page.getByLabel("Search people").fill("o");
      await card(page, "Sofia Keller", "Never signed in").waitFor();
      assert.equal(await page.getByText("Omar García").count(), 0);
      assert.deepEqual(await page.getByLabel("Team").locator("option").allTextContents(), ["All teams", "Support"]);
      assert.equal(await page.getByRole("button", { name: "Add person" }).count(), 0);
    });
  });

  it("says that many connections broke as one thing, until it was read", async () => {
    await stage.inPage({ name: "mass drop" }, async (page) => {
      const hub = await wiretap(page);
      await signIn(page);
      await card(page, ADMIN.name, "Active").waitFor();
      hub.say({ type: "event", kind: "mass_drop", lost: 1200, at: Date.now() });
      const dropped = page.getByText("1,200 connections broke at once");
      await dropped.waitFor();
      await assertAccessible(page);
      await page.getByRole("button", { name: "Dismiss" }).first().click();
      await dropped.waitFor({ state: "detached" });
    });
  });

  it("tells a manager without a team what is missing", async () => {
    const lone = { employeeId: "INT2623", name: "Lone Manager", role: "manager" };
    const manager = await stage.addEmployee(lone);
    await stage.inPage({ name: "manager without a team" }, async (page) => {
      await signIn(page, manager);
      await page.getByRole("heading", { name: "You manage no team yet" }).waitFor();
    });
  });
});
