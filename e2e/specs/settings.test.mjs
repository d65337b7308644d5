import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { inPage } from "../support/browser.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn } from "../support/portal.mjs";
import { call, logIn, ORGANIZATION, publishNotice } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("the set-up", () => {
  const stage = useStage();
  let mia;
  let tom;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    tom = await stage.addEmployee({ employeeId: "INT2609", name: "Tom Berger", role: "admin" });
  });

  for (const { look, ...options } of LOOKS) {
    it(`has a page for each part, ${look}`, async () => {
      await stage.inPage({ name: `settings ${look}`, ...options }, async (page) => {
        await open(page, "/settings");
        await page.getByRole("button", { name: "Save organization" }).waitFor();
        await assertSound(page);
        for (const [tab, sight] of [
          ["Policy", page.getByRole("button", { name: "Save policy" })],
          ["Notice", page.getByRole("heading", { name: "No notice is published" })],
          ["Retention", page.getByLabel("Screenshots: days")],
          ["Devices", page.getByRole("heading", { name: "No device is enrolled" })],
        ]) {
          await page.getByRole("navigation", { name: "Parts of the set-up" }).getByRole("link", { name: tab }).click();
          await sight.waitFor();
          await assertSound(page);
        }
      });
    });
  }

  it("keeps the organization's name, zone and hours, and takes them back", async () => {
    await stage.inPage({ name: "organization" }, async (page) => {
      await open(page, "/settings/organization");
      await page.getByRole("textbox", { name: "Name" }).fill("Southwind");
      await page.getByLabel("Work begins").fill("08:30");
      await page.getByRole("checkbox", { name: "Saturday" }).check();
      await page.getByRole("button", { name: "Save organization" }).click();
      await page.getByText("The organization is saved.").first().waitFor();
      const saved = await organization();
      assert.deepEqual([saved.name, saved.workingHours.start], ["Southwind", "08:30"]);
      assert.ok(saved.workingHours.days.includes(6));
      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForFunction(
        (name) => document.querySelector("form input").value === name,
        ORGANIZATION.organization,
      );
    });
    assert.equal((await organization()).name, ORGANIZATION.organization);
  });

  it("asks before what was typed is lost, and lets whoever saved or gave up go", async () => {
    await stage.inPage({ name: "unsaved" }, async (page) => {
      await open(page, "/settings/policy");
      const parts = page.getByRole("navigation", { name: "Parts of the set-up" });
      await parts.getByRole("link", { name: "Organization" }).click();
      const name = page.getByRole("textbox", { name: "Name" });
      const question = page.getByRole("dialog", { name: "Leave without saving?" });
      await name.fill("Half a na");
      await parts.getByRole("link", { name: "Policy" }).click();
      await question.waitFor();
      await assertSound(page);
      await question.getByRole("button", { name: "Cancel" }).click();
      assert.equal(await name.inputValue(), "Half a na");
      await page.goBack();
      await question.getByRole("button", { name: "Cancel" }).click();
      assert.equal(new URL(page.url()).pathname, "/settings/organization");

      const closing = page.waitForEvent("dialog");
      void page.close({ runBeforeUnload: true });
      const browsersOwn = await closing;
      assert.equal(browsersOwn.type(), "beforeunload");
      await browsersOwn.dismiss();

      await page.getByRole("button", { name: "Discard" }).click();
      await parts.getByRole("link", { name: "Policy" }).click();
      const blur = page.getByLabel("Blur");
      await blur.selectOption({ index: 2 });
      await parts.getByRole("link", { name: "Notice" }).click();
      await question.getByRole("button", { name: "Leave" }).click();
      await page.getByRole("button", { name: "Write a notice" }).click();
      await page.getByLabel("What is recorded, of whom, and why").fill("We record");
      await parts.getByRole("link", { name: "Alerts" }).click();
      await question.getByRole("button", { name: "Leave" }).click();
      await page.getByRole("checkbox", { name: "Idle for long" }).check();
      await parts.getByRole("link", { name: "Retention" }).click();
      await question.getByRole("button", { name: "Leave" }).click();
      await page.getByLabel("Screenshots: days").fill("30");
      await page.getByRole("link", { name: "Dashboard" }).click();
      await question.getByRole("button", { name: "Leave" }).click();
      await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    });
  });

  it("of two who change different parts, both are saved; of the same part, the second decides", async () => {
    await stage.inPage({ name: "organization twice" }, async (page, faults) => {
      await open(page, "/settings/organization");
      await page.getByLabel("Work ends").fill("17:00");
      const { version, retention } = await organization();
      await change({ version, retention: { ...retention, screenshotsDays: 91 } });
      faults.expectRefusal("/api/org", 409);
      await page.getByRole("button", { name: "Save organization" }).click();
      await page.getByText("The organization is saved.").first().waitFor();

      await page.getByRole("textbox", { name: "Name" }).fill("Mine");
      await change({ name: "Theirs" });
      await page.getByRole("button", { name: "Save organization" }).click();
      const dialog = page.getByRole("dialog", { name: "Changed by two people" });
      await dialog.getByLabel("Name: theirs, Theirs").waitFor();
      await assertSound(page);
      await dialog.getByRole("button", { name: "Take all of mine" }).click();
      await dialog.getByRole("button", { name: "Save what is chosen" }).click();
      await dialog.waitFor({ state: "detached" });
    });
    const saved = await organization();
    assert.deepEqual([saved.name, saved.workingHours.end, saved.retention.screenshotsDays], ["Mine", "17:00", 91]);
    await change({ name: ORGANIZATION.organization });
  });

  it("asks before a shorter retention deletes anything", async () => {
    await stage.inPage({ name: "retention" }, async (page) => {
      await open(page, "/settings/retention");
      await page.getByLabel("Screenshots: days").fill("30");
      await page.getByRole("button", { name: "Save retention" }).click();
      const dialog = page.getByRole("dialog", { name: "Delete what is older?" });
      await dialog.getByText(/^0 screenshots older than 30 days$/).waitFor();
      await assertSound(page);
      await dialog.getByRole("button", { name: "Save and delete" }).click();
      await page.getByText("The retention is saved.").first().waitFor();
    });
    assert.equal((await organization()).retention.screenshotsDays, 30);
  });

  it("publishes a notice after it said whom it holds up, and shows who has acknowledged it", async () => {
    await stage.inPage({ name: "publish a notice" }, async (page) => {
      await open(page, "/settings/notice");
      await page.getByRole("button", { name: "Write a notice" }).click();
      await page.getByLabel("What is recorded, of whom, and why").fill("We record hours, for payroll. Ask Mia.");
      await page.getByRole("button", { name: "Publish…" }).click();
      const dialog = page.getByRole("dialog", { name: "Publish version 1?" });
      await dialog.getByText("no picture is taken").waitFor();
      await dialog.getByRole("button", { name: "Publish" }).click();
      await page.getByRole("region", { name: "In force" }).getByText("Version 1").waitFor();
      await row(page, "Mia Wong").filter({ hasText: "Not yet" }).waitFor();
      await assertSound(page);
      const token = await logIn(stage.origin, mia);
      await call(stage.origin, "POST", "/api/notice/acknowledge", { token, body: { version: 1 } });
      await page.reload();
      await row(page, "Mia Wong").filter({ hasText: "In the portal" }).waitFor();
      await page.getByLabel("Answer").selectOption("Not yet");
      await row(page, "Mia Wong").waitFor({ state: "detached" });
      await row(page, "Tom Berger").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("state"), "missing");
    });
  });

  it("shows the text that somebody else published while one was writing, and keeps one's own", async () => {
    await stage.inPage({ name: "notice twice" }, async (page, faults) => {
      await open(page, "/settings/notice");
      await page.getByRole("button", { name: "Write the next version" }).click();
      const text = page.getByLabel("What is recorded, of whom, and why");
      await text.fill("Mine, a long text.");
      await page.getByRole("button", { name: "Publish…" }).click();
      faults.expectRefusal("/api/notice", 409);
      await publishNotice(stage.origin, stage.adminToken, "Theirs.");
      await page
        .getByRole("dialog", { name: /^Publish version/ })
        .getByRole("button", { name: "Publish" })
        .click();
      await page.getByText("Somebody else published version 2").waitFor();
      await page.getByRole("region", { name: "Version 2", exact: true }).getByText("Theirs.").waitFor();
      assert.equal(await text.inputValue(), "Mine, a long text.");
      await assertSound(page);
      await page.getByRole("button", { name: "Go on with mine" }).click();
      await page.getByRole("button", { name: "Publish…" }).click();
      await page.getByRole("dialog", { name: "Publish version 3?" }).getByRole("button", { name: "Publish" }).click();
      await page.getByRole("region", { name: "In force" }).getByText("Mine, a long text.").waitFor();
    });
  });

  it("enrols a device with a code, lists it, and revokes it", async () => {
    await stage.inPage({ name: "devices" }, async (page) => {
      await open(page, "/settings/devices");
      await page.getByRole("button", { name: "Enrol a device" }).first().click();
      const dialog = page.getByRole("dialog", { name: "Enrol a device" });
      await dialog.getByRole("combobox").fill("mia");
      await dialog.getByRole("option", { name: /Mia Wong/ }).waitFor();
      await dialog.getByRole("combobox").press("Enter");
      await dialog.getByRole("button", { name: "Make code" }).click();
      const code = await dialog.getByRole("textbox", { name: "Enrolment code" }).inputValue();
      await dialog.getByRole("img", { name: /QR code/ }).waitFor();
      await assertSound(page);
      const device = { code, name: "Mia's laptop", os: "Debian 13" };
      await call(stage.origin, "POST", "/api/devices/enrol", { body: device });
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.reload();
      const listed = page.getByRole("row").filter({ hasText: "Mia's laptop" });
      await listed.filter({ hasText: "Mia Wong" }).filter({ hasText: "Never" }).waitFor();
      await assertSound(page);
      await listed.getByRole("button", { name: "Revoke Mia's laptop" }).click();
      const asking = page.getByRole("dialog", { name: "Revoke Mia's laptop?" });
      await asking.getByText("left without a device").waitFor();
      await asking.getByRole("button", { name: "Revoke device" }).click();
      await page.getByRole("heading", { name: "No device is enrolled" }).waitFor();
      await page.getByLabel("Devices", { exact: true }).selectOption("With revoked ones");
      await listed.filter({ hasText: "Revoked" }).waitFor();
    });
  });

  it("is for administrators: a second one sees what the first did in the audit", async () => {
    await inPage(stage.browser, { name: "second admin", baseURL: stage.origin }, async (page) => {
      await signIn(page, tom, "/audit?action=organization_changed");
      await page.getByRole("button", { name: "Changed the organization" }).first().waitFor();
    });
  });

  function organization() {
    return call(stage.origin, "GET", "/api/org", { token: stage.adminToken });
  }

  function change(body) {
    return call(stage.origin, "POST", "/api/org", { token: stage.adminToken, body });
  }
});

function row(page, name) {
  return page.getByRole("row").filter({ hasText: name });
}
