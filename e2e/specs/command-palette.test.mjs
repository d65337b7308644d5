import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { card, signIn, untilLive } from "../support/portal.mjs";
import { useStage } from "../support/stage.mjs";

describe("the command palette", () => {
  const stage = useStage();
  let mia;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
  });

  it("goes to a page, by keyboard alone, from wherever one types", async () => {
    await stage.inPage({ name: "palette page" }, async (page) => {
      await signIn(page);
      await page.getByLabel("Search people").focus();
      await openPalette(page);
      await page.keyboard.type("viewings");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === "/viewings");
      await field(page).waitFor({ state: "detached" });
      await openPalette(page);
      await page.keyboard.press("Escape");
      await field(page).waitFor({ state: "detached" });
    });
  });

  it("finds a person, and what may be opened of them; Backspace leads back", async () => {
    await stage.inPage({ name: "palette person" }, async (page) => {
      await signIn(page);
      await openPalette(page);
      await page.keyboard.type("mia");
      await page.getByRole("option", { name: /^Mia Wong/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("option", { name: "Who viewed them" }).waitFor();
      await page.keyboard.press("Backspace");
      await page.getByRole("option", { name: "Dashboard" }).waitFor();
      await page.keyboard.type("mia");
      await page.keyboard.press("Enter");
      await page.keyboard.type("card");
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("q") === "Mia Wong");
      await card(page, "Mia Wong", "Never signed in").waitFor();
    });
  });

  it("changes the theme and signs out", async () => {
    await stage.inPage({ name: "palette acts", colorScheme: "dark" }, async (page) => {
      await signIn(page);
      await openPalette(page);
      await page.keyboard.type("light");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => getComputedStyle(document.documentElement).colorScheme === "light");
      await openPalette(page);
      await page.keyboard.type("sign out");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });
  });

  it("knows nobody but oneself for an employee", async () => {
    await stage.inPage({ name: "palette employee" }, async (page) => {
      await signIn(page, mia);
      await untilLive(page);
      await openPalette(page);
      assert.equal(await page.getByRole("option", { name: "Dashboard" }).count(), 0);
      await page.keyboard.type("mia wong");
      await page.getByRole("status").filter({ hasText: "Nothing is called" }).waitFor();
    });
  });
});

async function openPalette(page) {
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
}

function field(page) {
  return page.getByRole("combobox", { name: "Commands" });
}
