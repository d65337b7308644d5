import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { assertAccessible } from "../support/axe.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn, untilLive } from "../support/portal.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const MANY = 420;
const CSV = [
  "name;email;code;team;role",
  "Lena Fischer;lena@example.org;INT3001;Support;employee",
  "Jonas Weber;jonas@example.org;INT3002;;manager",
].join("\n");

describe("people", () => {
  const stage = useStage();
  let support;
  let design;
  let max;
  before(async () => {
    [support, design] = [await stage.addTeam("Support"), await stage.addTeam("Design")];
    await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: support });
    await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia", teamId: design });
    const manager = { employeeId: "INT2622", name: "Max Manager", role: "manager", managedTeams: [support] };
    max = await stage.addEmployee(manager);
    const employees = Array.from({ length: MANY }, (_, index) => ({
      employeeId: `BULK${index}`,
      name: `Person ${String(index).padStart(3, "0")}`,
      email: `person${index}@example.org`,
      teamId: design,
    }));
    await call(stage.origin, "POST", "/api/employees/bulk", { token: stage.adminToken, body: { employees } });
  });

  for (const { look, ...options } of LOOKS) {
    it(`are listed, and one is opened, ${look}`, async () => {
      await stage.inPage({ name: `people ${look}`, ...options }, async (page) => {
        await open(page, "/people");
        await row(page, "Max Manager").waitFor();
        assert.ok((await page.getByRole("row").count()) < 80, "only what is in sight is drawn");
        await assertSound(page);
        await page.goto("/people/INT2607");
        await page.getByRole("heading", { level: 1, name: "Mia Wong" }).waitFor();
        await page.getByRole("heading", { name: "No device is enrolled" }).waitFor();
        await page.getByText("Muster's default").first().waitFor();
        await assertSound(page);
      });
    });
  }

  it("are found while one types, and the address keeps what was searched for", async () => {
    await stage.inPage({ name: "find people" }, async (page) => {
      await open(page, "/people");
      await page.getByRole("searchbox", { name: "Name, e-mail or ID" }).fill("noah");
      await row(page, "Noah Garcia").waitFor();
      await row(page, "Max Manager").waitFor({ state: "detached" });
      await page.reload();
      await row(page, "Noah Garcia").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("q"), "noah");
      await page.getByLabel("Team", { exact: true }).selectOption("Support");
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.waitForURL((url) => url.search === "");
      await page.getByLabel("Role", { exact: true }).selectOption("Manager");
      // The rows of before stand there until the new ones have come.
      await page.getByRole("row").nth(2).waitFor({ state: "detached" });
      await row(page, "Max Manager").waitFor();
      assert.equal(await page.getByRole("row").count(), 2);
    });
  });

  it("come page by page as one gets there", async () => {
    await stage.inPage({ name: "many people" }, async (page) => {
      await open(page, "/people");
      await page.waitForFunction(() => {
        globalThis.scrollTo(0, document.documentElement.scrollHeight);
        return [...document.querySelectorAll("tr")].some((one) => one.textContent.includes("Person 419"));
      });
    });
  });

  it("are a file, too", async () => {
    await stage.inPage({ name: "people export" }, async (page) => {
      await open(page, "/people?role=manager");
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download people as CSV" }).click();
      const text = await readFile(await (await saving).path(), "utf8");
      assert.match(text, /INT2622,Max Manager/);
      assert.doesNotMatch(text, /Mia Wong/);
    });
  });

  it("are renamed, and a toast takes it back", async () => {
    await stage.inPage({ name: "rename a person" }, async (page) => {
      await open(page, "/people/INT2607");
      await page.getByRole("textbox", { name: "Name" }).fill("Mia Wong-Lee");
      await profile(page).getByRole("button", { name: "Save" }).click();
      await page.getByRole("heading", { level: 1, name: "Mia Wong-Lee" }).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("heading", { level: 1, name: "Mia Wong", exact: true }).waitFor();
      assert.equal(await page.getByRole("textbox", { name: "Name" }).inputValue(), "Mia Wong");
    });
  });

  it("are not left with something unsaved, unless one says so, and the focus stays when it is saved", async () => {
    await stage.inPage({ name: "unsaved person" }, async (page) => {
      await open(page, "/people/INT2607");
      await page.getByRole("textbox", { name: "Name" }).fill("Mia Unsaved");
      await page.getByRole("region", { name: "Role and rights" }).getByLabel("Role").selectOption("Manager");
      await page.getByRole("link", { name: "Teams", exact: true }).click();
      const question = page.getByRole("dialog", { name: "Leave without saving?" });
      await assertAccessible(page);
      await question.getByRole("button", { name: "Cancel" }).click();
      assert.equal(await page.getByRole("textbox", { name: "Name" }).inputValue(), "Mia Unsaved");
      const rights = page.getByRole("region", { name: "Role and rights" });
      await rights.getByRole("button", { name: "Discard" }).click();
      await page.getByRole("textbox", { name: "Name" }).fill("Mia Wong");
      await page.getByRole("textbox", { name: "E-mail" }).fill("mia@example.org");
      await profile(page).getByRole("button", { name: "Save" }).press("Enter");
      await page.getByText("Mia Wong is saved.").first().waitFor();
      await profile(page).getByRole("button", { name: "Save", exact: true }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Save");
      await page.getByRole("link", { name: "Teams", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Teams" }).waitFor();
    });
  });

  it("get a role with its teams and its rights, by keyboard alone", async () => {
    await stage.inPage({ name: "rights by keyboard" }, async (page) => {
      await open(page, "/people/INT2608");
      const rights = page.getByRole("region", { name: "Role and rights" });
      await rights.getByLabel("Role").focus();
      await page.keyboard.press("ArrowDown");
      await rights.getByRole("checkbox", { name: "Watch cameras" }).waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      assert.equal(await rights.getByRole("checkbox", { name: "Design" }).isChecked(), true);
      await rights.getByRole("checkbox", { name: "Watch cameras" }).focus();
      await page.keyboard.press("Space");
      await rights.getByRole("button", { name: "Save" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("The rights of Noah Garcia are saved.").first().waitFor();
    });
    const noah = await call(stage.origin, "GET", "/api/employees/INT2608", { token: stage.adminToken });
    assert.deepEqual([noah.role, noah.managedTeams], ["manager", [design]]);
    assert.ok(noah.capabilities.includes("watch_screen") && !noah.capabilities.includes("watch_camera"));
  });

  it("are invited by a link, which lets them choose a password once", async () => {
    let link;
    await stage.inPage({ name: "add and invite" }, async (page) => {
      await open(page, "/people");
      await page.getByRole("button", { name: "Add person" }).click();
      const dialog = page.getByRole("dialog", { name: "Add a person" });
      await dialog.getByLabel("Name").fill("Sofia Keller");
      await dialog.getByLabel("E-mail").fill("sofia@example.org");
      await dialog.getByLabel("Employee ID").fill("INT2630");
      await dialog.getByRole("button", { name: "Add person" }).click();
      const added = page.getByRole("dialog", { name: "Sofia Keller is added" });
      link = await added.getByRole("textbox", { name: "Invite link" }).inputValue();
      await added.getByRole("img", { name: /QR code/ }).waitFor();
      await assertSound(page);
      await added.getByRole("button", { name: "Done" }).click();
      await page.getByRole("searchbox").fill("Sofia");
      await row(page, "Sofia Keller").filter({ hasText: "Invited" }).waitFor();
    });
    await stage.inPage({ name: "accept an invitation" }, async (page) => {
      await page.goto(link);
      await page.getByRole("heading", { level: 1, name: "Welcome, Sofia Keller" }).waitFor();
      await assertSound(page);
      await page.getByLabel("Password", { exact: true }).fill("four unrelated words here");
      await page.getByText("Strong.").waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();
      await untilLive(page);
    });
    await stage.inPage({ name: "a used link" }, async (page, faults) => {
      faults.expectRefusal("/api/invite", 404);
      await page.goto(link);
      await page.getByRole("heading", { level: 1, name: "This link works no more" }).waitFor();
      await assertSound(page);
    });
  });

  it("stand among the open invitations until a link is used or taken back", async () => {
    const body = { employeeId: "INT2631", name: "Amara Okafor", email: "amara@example.org", role: "employee" };
    await call(stage.origin, "POST", "/api/employees", { token: stage.adminToken, body });
    const { link } = await call(stage.origin, "POST", "/api/employees/INT2631/invite", { token: stage.adminToken });
    for (const { look, ...options } of LOOKS) {
      await stage.inPage({ name: `open invitations ${look}`, ...options }, async (page) => {
        await open(page, "/people?show=invitations");
        await row(page, "Amara Okafor").waitFor();
        await assertSound(page);
      });
    }
    await stage.inPage({ name: "take back an invitation" }, async (page, faults) => {
      await open(page, "/people");
      await page.getByRole("link", { name: "Open invitations" }).click();
      await page.getByRole("button", { name: "Take back the invitation of Amara Okafor" }).click();
      const dialog = page.getByRole("dialog", { name: "Take back the invitation of Amara Okafor?" });
      await dialog.getByRole("button", { name: "Take back" }).click();
      await page.getByRole("heading", { name: "No invitation is open" }).waitFor();
      faults.expectRefusal("/api/invite", 404);
      await page.goto(link);
      await page.getByRole("heading", { level: 1, name: "This link works no more" }).waitFor();
    });
  });

  it("are closed after the consequence was said, and opened again", async () => {
    await stage.inPage({ name: "close an account" }, async (page) => {
      await open(page, "/people?q=Person+007");
      await row(page, "Person 007")
        .getByRole("button", { name: /^Actions/ })
        .click();
      await page.getByRole("menuitem", { name: "Close account" }).click();
      const dialog = page.getByRole("dialog", { name: "Close the account of Person 007?" });
      await dialog.getByText("no device of theirs is enrolled").waitFor();
      await assertSound(page);
      await dialog.getByRole("button", { name: "Close account" }).click();
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
      await page.getByLabel("Account", { exact: true }).selectOption("Closed accounts");
      await row(page, "Person 007").filter({ hasText: "Closed" }).waitFor();
      await row(page, "Person 007")
        .getByRole("button", { name: /^Actions/ })
        .click();
      await page.getByRole("menuitem", { name: "Reopen account" }).click();
      await page.getByRole("button", { name: "Reopen account" }).click();
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
    });
  });

  it("are imported from a file after it was checked line by line", async () => {
    await stage.inPage({ name: "import people" }, async (page) => {
      await open(page, "/people");
      await page.getByRole("button", { name: "Import CSV" }).click();
      await page.getByLabel("Or paste the lines").fill(`${CSV}\nNo Mail;nowhere;INT3003;;employee`);
      await page.getByRole("button", { name: "Check" }).click();
      await page.getByText("1 line has a problem").waitFor();
      await assertSound(page);
      assert.equal(await page.getByRole("button", { name: /^Create/ }).isDisabled(), true);
      const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) };
      await page.getByLabel(/Choose a CSV file/).setInputFiles(file);
      await page.getByText("2 people would be created. Nothing is written yet.").waitFor();
      await page.getByRole("button", { name: "Create 2 people" }).click();
      await page.getByText("2 people created.").waitFor();
      await page.getByRole("button", { name: "Go to people" }).last().click();
      await page.getByRole("searchbox").fill("INT300");
      await row(page, "Jonas Weber").waitFor();
    });
  });

  it("are those of a manager's own teams to a manager", async () => {
    await stage.inPage({ name: "people of a manager" }, async (page) => {
      await signIn(page, max);
      await page.getByRole("link", { name: "People" }).click();
      await row(page, "Mia Wong").waitFor();
      assert.equal(await row(page, "Noah Garcia").count(), 0);
      await row(page, "Mia Wong").getByRole("link").click();
      await page.getByRole("heading", { level: 1, name: "Mia Wong" }).waitFor();
      assert.equal(await page.getByRole("region", { name: "Role and rights" }).count(), 0);
      await assertSound(page);
      await page.goto("/settings");
      await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    });
  });

  it("say why they cannot be shown", async () => {
    await stage.inPage({ name: "people refused" }, async (page, faults) => {
      faults.expectRefusal("/api/employees", 500);
      const refusal = { code: "internal", message: "something broke", request_id: "1" };
      await page.route("**/api/employees?*", (route) => route.fulfill({ status: 500, json: refusal }), { times: 1 });
      await open(page, "/people");
      await page.getByRole("alert").filter({ hasText: "Something broke." }).waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await row(page, "Max Manager").waitFor();
      faults.expectRefusal("/api/employees/NOBODY", 404);
      await page.goto("/people/NOBODY");
      await page.getByRole("heading", { name: "There is no such person" }).waitFor();
    });
  });
});

function row(page, name) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

function profile(page) {
  return page.getByRole("region", { name: "Profile" });
}
