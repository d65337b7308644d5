import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { inPage } from "../support/browser.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn } from "../support/portal.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const INTERVAL = "One screenshot every";

describe("the policy", () => {
  const stage = useStage();
  let support;
  let tom;
  before(async () => {
    support = await stage.addTeam("Support");
    await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: support });
    tom = await stage.addEmployee({ employeeId: "INT2609", name: "Tom Berger", role: "admin" });
  });

  it("is at first what Muster has always done, and the page knows the same as the hub", async () => {
    const { effective } = await policy({});
    await stage.inPage({ name: "default policy" }, async (page) => {
      await open(page, "/settings/policy");
      await page.getByLabel(INTERVAL).waitFor();
      const shown = await page.getByLabel(INTERVAL).locator("option").first().innerText();
      assert.equal(shown, `Default: ${effective.captureIntervalMinutes} minutes`);
      const idle = await page.getByLabel("Idle after").locator("option").first().innerText();
      assert.equal(idle, `Default: ${effective.idleAfterMs / 60_000} minutes`);
      assert.equal(await page.getByText("Muster's default").count(), 7);
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`says what a person inherits and from where, ${look}`, async () => {
      await put({ organization: true }, { captureIntervalMinutes: 5 });
      await put({ team: support }, { blur: "strong" });
      await stage.inPage({ name: `policy ${look}`, ...options }, async (page) => {
        await open(page, "/settings/policy?employee=INT2607");
        await page.getByRole("heading", { name: "Policy of Mia Wong" }).waitFor();
        await page.getByText("from the team", { exact: true }).waitFor();
        await page.getByText("from the organization", { exact: true }).waitFor();
        await page.getByLabel("Live view").selectOption("Off");
        await page.getByText("only for this person", { exact: true }).waitFor();
        await assertSound(page);
      });
    });
  }

  it("is saved for a team, reaches its people, and is taken back by the toast", async () => {
    await stage.inPage({ name: "team policy" }, async (page) => {
      await open(page, "/settings/policy");
      await page.getByLabel("Organization or team").selectOption("Team: Support");
      await page.getByRole("heading", { name: "Policy of Support" }).waitFor();
      await page.getByLabel("Pausing").selectOption("Allowed");
      await page.getByRole("button", { name: "Save policy" }).click();
      await page.getByText("The policy is saved.").first().waitFor();
      assert.equal((await policy({ employee: "INT2607" })).effective.pauseAllowed, true);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
      await page.waitForFunction(() => document.querySelectorAll("select[data-own]").length === 1);
    });
    assert.equal((await policy({ employee: "INT2607" })).effective.pauseAllowed, false);
  });

  it("edited by two at once: the second is told, sees both versions, and decides", async () => {
    await put({ organization: true }, { captureIntervalMinutes: 10, blur: "none" });
    await stage.inPage({ name: "second editor" }, async (page, faults) => {
      await open(page, "/settings/policy");
      await page.getByLabel(INTERVAL).selectOption("4 minutes");
      await page.getByLabel("Screenshots", { exact: true }).selectOption("On");

      await inPage(stage.browser, { name: "first editor", baseURL: stage.origin }, async (first) => {
        await signIn(first, tom, "/settings/policy");
        await first.getByLabel(INTERVAL).selectOption("15 minutes");
        await first.getByLabel("Blur").selectOption("Light");
        await first.getByRole("button", { name: "Save policy" }).click();
        await first.getByText("The policy is saved.").first().waitFor();
      });

      faults.expectRefusal("/api/policy", 409);
      await page.getByRole("button", { name: "Save policy" }).click();
      const dialog = page.getByRole("dialog", { name: "Changed by two people" });
      await dialog.getByText("Tom Berger saved the policy of Northwind").waitFor();
      await assertSound(page);
      // What both changed is for a person to choose; what one changed is chosen already.
      await dialog.getByRole("button", { name: "1 to choose" }).waitFor();
      assert.equal(await dialog.getByLabel("Blur: theirs, Light").isChecked(), true);
      assert.equal(await dialog.getByLabel("Screenshots: yours, On").isChecked(), true);
      await dialog.getByRole("button", { name: "Back to the form" }).click();
      assert.equal(await page.getByLabel(INTERVAL).inputValue(), "4");
      await page.getByRole("button", { name: "See both versions" }).click();
      await dialog.getByLabel(`${INTERVAL}: yours, 4 minutes`).check();
      await dialog.getByRole("button", { name: "Save what is chosen" }).click();
      await dialog.waitFor({ state: "detached" });
    });
    const { effective } = await policy({});
    assert.deepEqual([effective.captureIntervalMinutes, effective.blur, effective.screenshots], [4, "light", true]);
  });

  function policy(whose) {
    const query = new URLSearchParams(whose);
    return call(stage.origin, "GET", `/api/policy?${query}`, { token: stage.adminToken });
  }

  function put(scope, settings) {
    return call(stage.origin, "PUT", "/api/policy", { token: stage.adminToken, body: { scope, settings } });
  }
});
