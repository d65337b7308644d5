import { before, describe, it } from "node:test";
import { assertAccessible, assertNoSidewaysScroll } from "../support/axe.mjs";
import { NARROW, WIDE } from "../support/browser.mjs";
import { card, open, signIn } from "../support/portal.mjs";
import { call, logIn, uploadScreenshot } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

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
    name: "people not seen today",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: /^Not seen today/, expanded: false }).click();
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
    name: "who viewed me",
    open: async (page, { noah }) => {
      await signIn(page, noah);
      await page.getByRole("link", { name: "All viewings" }).click();
      await page.getByRole("heading", { name: "Nobody has viewed your screen" }).waitFor();
    },
  },
  {
    name: "viewings",
    open: async (page) => {
      await open(page, "/viewings?from=2026-01-01");
      await page.getByRole("heading", { name: "No viewing matches" }).waitFor();
      await page.getByRole("combobox", { name: "Person who was watched" }).fill("o");
      await page.getByRole("option", { name: "Noah Garcia" }).waitFor();
    },
  },
  {
    name: "a screenshot",
    open: async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: /^Screenshot Noah Garcia/ }).click();
      await page.getByRole("dialog", { name: "Screenshot" }).waitFor();
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
    name: "my data",
    open: async (page, { noah }) => {
      await signIn(page, noah, "/my-data");
      await page.getByText(/Pictures are deleted after/).waitFor();
    },
  },
  {
    name: "alerts",
    open: async (page) => {
      await open(page, "/alerts");
      await page.getByRole("heading", { name: "Nothing needs attention" }).waitFor();
    },
  },
  {
    name: "command palette",
    open: async (page) => {
      await signIn(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Commands" }).fill("noah");
      await page.getByRole("option", { name: /^Noah Garcia/ }).waitFor();
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
  const stage = useStage();
  const people = {};
  before(async () => {
    const mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    await stage.addEmployee({ employeeId: "INT2611", name: "Chen von Hohenfels-Schmidt" });
    await logIn(stage.origin, mia);
    people.noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    const noahsToken = await logIn(stage.origin, people.noah);
    await call(stage.origin, "POST", "/api/work/start", { token: noahsToken });
    await stage.inPage({ name: "screenshot of Noah" }, async (page) => {
      await uploadScreenshot(stage.origin, noahsToken, await page.screenshot({ type: "jpeg" }), Date.now());
    });
    await call(stage.origin, "POST", "/api/work/break/start", { token: noahsToken });
  });

  for (const view of VIEWS) {
    it(`${view.name} is accessible, dark and light`, async () => {
      await stage.inPage({ name: view.name }, async (page) => {
        await view.open(page, people);
        await assertAccessible(page);
        await page.emulateMedia({ colorScheme: "light" });
        await assertAccessible(page);
      });
    });

    it(`${view.name} fits into 375 px`, async () => {
      await stage.inPage({ name: `${view.name} narrow`, viewport: NARROW }, async (page) => {
        await view.open(page, people);
        await assertNoSidewaysScroll(page);
        await assertAccessible(page);
      });
    });
  }

  it("a chosen theme stays, whatever the system says", async () => {
    const options = { name: "theme", colorScheme: "dark", viewport: WIDE };
    await stage.inPage(options, async (page) => {
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
