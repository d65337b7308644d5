import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { signIn } from "../support/portal.mjs";
import { call, logIn, publishNotice } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const HOUR_MS = 3_600_000;

describe("what is recorded of a person", () => {
  const stage = useStage();
  let mia;
  let token;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    token = await logIn(stage.origin, mia);
  });

  it("is said in plain words, and changes while one looks", async () => {
    await stage.inPage({ name: "own policy" }, async (page) => {
      await openRecord(page, mia);
      const policy = page.getByRole("region", { name: "What holds for you" });
      await policy.getByText(/A picture of your screen is taken about every 10 minutes/).waitFor();
      await policy.getByText(/Pictures are deleted after 90 days/).waitFor();
      const body = { employeeId: mia.employeeId, intervalMinutes: 5 };
      await call(stage.origin, "POST", "/api/capture-interval", { token: stage.adminToken, body });
      await policy.getByText(/about every 5 minutes/).waitFor();
      await policy.getByText(/^Decided for you, since/).waitFor();
    });
  });

  it("is a file to keep", async () => {
    await stage.inPage({ name: "own export" }, async (page) => {
      await openRecord(page, mia);
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download everything" }).click();
      const file = await saving;
      assert.equal(file.suggestedFilename(), "muster-INT2607.json");
      assert.equal(JSON.parse(await readFile(await file.path(), "utf8")).person.name, "Mia Wong");
      await page.getByRole("region", { name: "Messages" }).getByText("muster-INT2607.json is saved.").waitFor();
    });
  });

  it("has what others changed, by whom and why, the moment they do", async () => {
    await stage.inPage({ name: "own corrections" }, async (page) => {
      await openRecord(page, mia);
      const corrections = page.getByRole("region", { name: "Corrections of your hours, of the last year" });
      await corrections.getByText("Nobody has changed anything.").waitFor();
      const to = Date.now() - HOUR_MS;
      const body = { employeeId: mia.employeeId, from: to - HOUR_MS, to, kind: "meeting", reason: "A workshop" };
      await call(stage.origin, "POST", "/api/work/corrections", { token: stage.adminToken, body });
      const row = corrections.getByRole("row").filter({ hasText: "A workshop" });
      await row.filter({ hasText: "Meeting" }).filter({ hasText: "Ada Admin" }).waitFor();
    });
  });

  it("lets a person cut off a machine that is lost, once they have confirmed it", async () => {
    const body = { name: "Old laptop", os: "Windows 11" };
    await call(stage.origin, "POST", "/api/devices", { token, body });
    await stage.inPage({ name: "own devices" }, async (page) => {
      await openRecord(page, mia);
      const device = page.getByRole("row").filter({ hasText: "Old laptop" });
      await device.getByRole("button", { name: "Cut off Old laptop" }).click();
      const dialog = page.getByRole("dialog", { name: "Cut off Old laptop?" });
      await dialog.getByRole("button", { name: "Keep it" }).click();
      await dialog.waitFor({ state: "detached" });
      await device.getByRole("button", { name: "Cut off Old laptop" }).click();
      await dialog.getByRole("button", { name: "Cut off", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      await device.getByText(/^Cut off/).waitFor();
      await page.getByRole("status").filter({ hasText: "Old laptop is cut off." }).waitFor({ state: "attached" });
    });
  });

  it("has the notice, also once it was read", async () => {
    await publishNotice(stage.origin, stage.adminToken, "We record hours.");
    await call(stage.origin, "POST", "/api/notice/acknowledge", { token, body: { version: 1 } });
    await stage.inPage({ name: "own notice" }, async (page) => {
      await openRecord(page, mia);
      await page.getByText("You know what is recorded").waitFor();
      await page.getByRole("button", { name: "Read the notice" }).click();
      const dialog = page.getByRole("dialog", { name: "What is recorded" });
      await dialog.getByText("We record hours.").waitFor();
      assert.equal(await dialog.getByRole("button", { name: "I have read it" }).count(), 0);
    });
  });
});

async function openRecord(page, person) {
  await signIn(page, person);
  await page.getByRole("link", { name: "My data" }).click();
  await page.getByRole("heading", { level: 1, name: "My data" }).waitFor();
}
