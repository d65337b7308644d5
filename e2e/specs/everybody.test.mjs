import { after, before, describe, it } from "node:test";
import { assertAccessible, assertNoSidewaysScroll } from "../support/axe.mjs";
import { inPage, launchBrowser, NARROW, WIDE } from "../support/browser.mjs";
import { startHub } from "../support/hub.mjs";
import { card, signIn } from "../support/portal.mjs";
import { ADMIN, addEmployee, call, logIn, setUp } from "../support/rest.mjs";

/** Each page and each thing that opens over one; `open` gets a page that nobody has signed in on, and the people. */
const VIEWS = [
  {
    name: "sign-in",
    open: async (page) => {
      await page.goto("/login");
      await page.getByRole("button", { name: "Sign in" }).waitFor();
    },
  },
  {
    name: "dashboard",
    open: async (page) => {
      await signIn(page);
      await card(page, "Mia Wong", "Active").waitFor();
    },
  },
  {
    name: "offline people",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: /^Offline/, expanded: false }).click();
      await card(page, "Chen von Hohenfels-Schmidt", "Never signed in").waitFor();
    },
  },
  {
    name: "account menu",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: /^Account of/ }).click();
    },
  },
  {
    name: "add a person",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: "Add person" }).first().click();
    },
  },
  {
    name: "my day",
    open: async (page, { noah }) => {
      await signIn(page, noah);
      await page.getByText("On a break").waitFor();
      await page.getByRole("row", { name: /running$/ }).waitFor();
    },
  },
  {
    name: "write a notice",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: "Write a notice" }).click();
    },
  },
  {
    name: "no such page",
    open: async (page) => {
      await page.goto("/nowhere/at/all");
      await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    },
  },
];

describe("for everybody", () => {
  let hub;
  let browser;
  const people = {};
  before(async () => {
    [hub, browser] = await Promise.all([startHub(), launchBrowser()]);
    await setUp(hub);
    const adminToken = await logIn(hub.origin, ADMIN);
    const mia = await addEmployee(hub.origin, adminToken, { employeeId: "INT2607", name: "Mia Wong" });
    await addEmployee(hub.origin, adminToken, { employeeId: "INT2611", name: "Chen von Hohenfels-Schmidt" });
    await logIn(hub.origin, mia);
    people.noah = await addEmployee(hub.origin, adminToken, { employeeId: "INT2608", name: "Noah Garcia" });
    const noahsToken = await logIn(hub.origin, people.noah);
    await call(hub.origin, "POST", "/api/work/start", { token: noahsToken });
    await call(hub.origin, "POST", "/api/work/break/start", { token: noahsToken });
  });
  after(async () => {
    await browser?.close();
    await hub?.stop();
  });

  for (const { name, open } of VIEWS) {
    for (const colorScheme of ["dark", "light"]) {
      it(`${name} is accessible when ${colorScheme}`, async () => {
        await inPage(browser, { name: `${name} ${colorScheme}`, baseURL: hub.origin, colorScheme }, async (page) => {
          await open(page, people);
          await assertAccessible(page);
        });
      });
    }

    it(`${name} fits into 375 px`, async () => {
      await inPage(browser, { name: `${name} narrow`, baseURL: hub.origin, viewport: NARROW }, async (page) => {
        await open(page, people);
        await assertNoSidewaysScroll(page);
        await assertAccessible(page);
      });
    });
  }

  it("a chosen theme stays, whatever the system says", async () => {
    const options = { name: "theme", baseURL: hub.origin, colorScheme: "dark", viewport: WIDE };
    await inPage(browser, options, async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: "Theme" }).click();
      await page.getByRole("menuitemradio", { name: "Light" }).click();
      await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === "light");
      await page.reload();
      await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === "light");
      await assertAccessible(page);
    });
  });
});
