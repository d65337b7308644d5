import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn } from "../support/portal.mjs";
import { call, logIn, uploadScreenshot } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const MINUTE_MS = 60_000;

describe("activity", () => {
  const stage = useStage();
  const people = {};
  const tokens = {};
  let picture;
  before(async () => {
    const support = await stage.addTeam("Support");
    people.mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: support });
    people.noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    for (const name of ["mia", "noah"]) {
      tokens[name] = await logIn(stage.origin, people[name]);
      await call(stage.origin, "POST", "/api/work/start", { token: tokens[name] });
    }
    const page = await stage.browser.newPage();
    picture = await page.screenshot({ type: "jpeg" });
    await page.close();
  });

  it("says what to do while there is no picture, and shows each as it arrives, beside today's hours", async () => {
    await stage.inPage({ name: "activity" }, async (page) => {
      await signIn(page);
      await page.getByRole("link", { name: "Activity" }).click();
      await page.getByRole("heading", { name: "No screenshots yet" }).waitFor();
      const takenAtMs = Date.now() - MINUTE_MS;
      await uploadScreenshot(stage.origin, tokens.mia, picture, takenAtMs);
      const mia = page.getByRole("region", { name: "Mia Wong" });
      await mia.getByText("Active", { exact: true }).first().waitFor();
      const time = new Date(takenAtMs).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" });
      const shot = mia.getByRole("button", { name: `Screenshot ${time}` });
      await shot.waitFor();
      await mia.getByText("Net").waitFor();
      await mia.getByRole("slider", { name: /^Mia Wong/ }).waitFor();

      await uploadScreenshot(stage.origin, tokens.mia, picture, takenAtMs + 1_000);
      await mia
        .getByRole("button", { name: /^Screenshot/ })
        .nth(1)
        .waitFor();
      await uploadScreenshot(stage.origin, tokens.noah, picture, takenAtMs);
      await page.getByRole("region", { name: "Noah Garcia" }).waitFor();

      await shot.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Screenshot" });
      await dialog.getByText("2 of 2").waitFor();
      await page.keyboard.press("Home");
      await dialog.getByText("1 of 2").waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    });
  });

  it("is of the team and the name that are in the address", async () => {
    await stage.inPage({ name: "activity filters" }, async (page) => {
      await open(page, "/activity?q=noa");
      await page.getByRole("region", { name: "Noah Garcia" }).waitFor();
      assert.equal(await page.getByRole("region", { name: "Mia Wong" }).count(), 0);
      await page.getByLabel("Team").selectOption("Support");
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.getByRole("region", { name: "Mia Wong" }).waitFor();
      await page.waitForURL((url) => url.search === "");
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`can be read by everybody, ${look}`, async () => {
      await stage.inPage({ name: `activity ${look}`, ...options }, async (page) => {
        await open(page, "/activity");
        await page.getByRole("region", { name: "Noah Garcia" }).waitFor();
        await assertSound(page);
      });
    });
  }

  it("of an employee is their own alone", async () => {
    await stage.inPage({ name: "own activity" }, async (page) => {
      await signIn(page, people.mia, "/activity");
      await page.getByRole("region", { name: "Mia Wong" }).waitFor();
      assert.equal(await page.getByText("Noah Garcia").count(), 0);
    });
  });
});
