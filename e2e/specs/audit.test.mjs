import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open } from "../support/portal.mjs";
import { call, logIn, uploadScreenshot } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("the audit", () => {
  const stage = useStage();
  before(async () => {
    const support = await stage.addTeam("Support");
    const mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: support });
    const token = await logIn(stage.origin, mia);
    await call(stage.origin, "POST", "/api/work/start", { token });
    await stage.inPage({ name: "a screenshot to delete" }, async (page) => {
      const picture = await page.screenshot({ type: "jpeg" });
      const { id } = await uploadScreenshot(stage.origin, token, picture, Date.now());
      const path = `/api/uploads/${id}?reason=taken%20by%20mistake`;
      await call(stage.origin, "DELETE", path, { token: stage.adminToken });
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`says who did what, and every detail of it, ${look}`, async () => {
      await stage.inPage({ name: `audit ${look}`, ...options }, async (page) => {
        await open(page, "/audit");
        const created = page.getByRole("row").filter({ hasText: "Added a person" });
        await created.filter({ hasText: "Mia Wong" }).waitFor();
        await assertSound(page);
        await created.getByRole("button").click();
        const dialog = page.getByRole("dialog", { name: "Added a person" });
        await dialog.getByText("Ada Admin").waitFor();
        await dialog.getByText("int2607@example.org").waitFor();
        await assertSound(page);
        await page.keyboard.press("Escape");
        await page.getByRole("link", { name: "What was deleted" }).click();
        await page.getByRole("row").filter({ hasText: "taken by mistake" }).waitFor();
        await page.getByRole("button", { name: "Check the chain" }).click();
        await page.getByText("The chain is whole, from the first receipt to number 1.").waitFor();
        await assertSound(page);
      });
    });
  }

  it("is narrowed by keyboard alone, keeps that in the address, and exports just that", async () => {
    await stage.inPage({ name: "audit filters" }, async (page) => {
      await open(page, "/audit");
      const subject = page.getByRole("combobox", { name: "About whom" });
      await subject.fill("mia");
      await page.getByRole("option", { name: /Mia Wong/ }).waitFor();
      await subject.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("subject") === "INT2607");
      await page.getByLabel("What was done").selectOption("Added a person");
      await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
      await page.reload();
      await page.getByRole("row").filter({ hasText: "Added a person" }).waitFor();
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download audit as CSV" }).click();
      const lines = (await readFile(await (await saving).path(), "utf8")).trim().split("\n");
      assert.equal(lines.length, 2);
      assert.match(lines[1], /employee_created/);
      await page.getByLabel("From", { exact: true }).fill("2020-01-01");
      await page.getByLabel("To", { exact: true }).fill("2020-01-02");
      await page.getByRole("heading", { name: "No entry matches" }).waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.waitForURL((url) => url.search === "");
    });
  });

  it("leads from a person to what was done about them", async () => {
    await stage.inPage({ name: "audit of one" }, async (page) => {
      await open(page, "/people/INT2607");
      await page.getByRole("link", { name: "What was done about this person" }).click();
      await page.getByRole("heading", { level: 1, name: "Audit" }).waitFor();
      assert.equal(new URL(page.url()).searchParams.get("subject"), "INT2607");
    });
  });
});
