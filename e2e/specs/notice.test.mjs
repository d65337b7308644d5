import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertAccessible } from "../support/axe.mjs";
import { signIn, untilLive } from "../support/portal.mjs";
import { call, publishNotice } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const TEXT = "We record hours and pictures, for payroll, for 90 days.\n\nAsk Mia.";

describe("the notice", () => {
  const stage = useStage();
  let mia;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
  });

  it("is nothing to an employee before there is one", async () => {
    await stage.inPage({ name: "no notice" }, async (page) => {
      await signIn(page, mia);
      await page.getByRole("region", { name: "Working time" }).waitFor();
      assert.equal(await readButton(page).count(), 0);
      assert.equal(await page.getByRole("button", { name: "Write a notice" }).count(), 0);
    });
  });

  it("is what an administrator is reminded to publish, from a draft that has to be finished", async () => {
    await stage.inPage({ name: "publish" }, async (page) => {
      await signIn(page);
      await page.getByRole("button", { name: "Write a notice" }).click();
      const dialog = page.getByRole("dialog", { name: "Write a notice" });
      const publish = dialog.getByRole("button", { name: "Publish" });
      assert.match(await dialog.getByRole("textbox").inputValue(), /^What Northwind records of your work/);
      assert.equal(await publish.isDisabled(), true);
      await dialog.getByRole("textbox").fill(TEXT);
      await publish.click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Write a notice" }).waitFor({ state: "detached" });
      // An administrator works here too.
      await readButton(page).waitFor();
    });
  });

  it("stays above every page until it was read", async () => {
    await stage.inPage({ name: "acknowledge" }, async (page) => {
      await signIn(page, mia);
      await assertAccessible(page);
      await readButton(page).click();
      const dialog = page.getByRole("dialog", { name: "What is recorded" });
      await assertAccessible(page);
      assert.equal(await dialog.getByRole("region", { name: "The text" }).innerText(), TEXT);
      await dialog.getByRole("button", { name: "Later" }).click();
      await page.reload();
      await readButton(page).click();
      await dialog.getByRole("button", { name: "I have read it" }).click();
      await readButton(page).waitFor({ state: "detached" });

      await page.reload();
      await untilLive(page);
      await page.getByRole("region", { name: "Working time" }).waitFor();
      assert.equal(await readButton(page).count(), 0);
    });
    const { items } = await call(stage.origin, "GET", "/api/notice/acknowledgements", { token: stage.adminToken });
    const hers = items.find(({ employeeId }) => employeeId === mia.employeeId);
    assert.deepEqual([hers.version, hers.source], [1, "portal"]);
  });

  it("comes back when it has changed, even while one reads the last one", async () => {
    await publishNotice(stage.origin, stage.adminToken, "The second text.");
    await stage.inPage({ name: "next version" }, async (page) => {
      await signIn(page, mia);
      await page.getByText("has changed").waitFor();
      await readButton(page).click();
      const dialog = page.getByRole("dialog", { name: "What is recorded" });
      await dialog.getByText("The second text.").waitFor();
      await publishNotice(stage.origin, stage.adminToken, "The third text.");

      // What somebody reads is not changed under their eyes.
      await dialog.getByRole("alert").filter({ hasText: "Another text has been published" }).waitFor();
      assert.equal(await dialog.getByRole("region", { name: "The text" }).innerText(), "The second text.");
      assert.equal(await dialog.getByRole("button", { name: "I have read it" }).isDisabled(), true);
      await dialog.getByRole("button", { name: "Read the new one" }).click();
      await dialog.getByText("The third text.").waitFor();
      await dialog.getByRole("button", { name: "I have read it" }).click();
      await dialog.waitFor({ state: "detached" });
    });
  });
});

/** The banner's, that leads to the text. */
function readButton(page) {
  return page.getByRole("button", { name: "Read it", exact: true });
}
