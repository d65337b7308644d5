import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { signIn, untilFocused } from "../support/portal.mjs";
import { ADMIN } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("teams", () => {
  const stage = useStage();
  let max;

  it("begin with an empty page that says what they are for", async () => {
    await stage.inPage({ name: "no teams" }, async (page) => {
      await open(page);
      await page.getByRole("heading", { name: "No team yet" }).waitFor();
      await page.getByRole("button", { name: "New team" }).last().click();
      const dialog = page.getByRole("dialog", { name: "New team" });
      await dialog.getByLabel("Name").fill("Support");
      await page.keyboard.press("Enter");
      await row(page, "Support").filter({ hasText: "administrators only" }).waitFor();
    });
  });

  describe("with people", () => {
    before(async () => {
      const design = await stage.addTeam("Design");
      await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: design });
      await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia", teamId: design });
      const manager = { employeeId: "INT2622", name: "Max Manager", role: "manager", managedTeams: [design] };
      max = await stage.addEmployee(manager);
    });

    for (const { look, ...options } of LOOKS) {
      it(`say how many people are in each and who manages it, ${look}`, async () => {
        await stage.inPage({ name: `teams ${look}`, ...options }, async (page) => {
          await open(page);
          await row(page, "Design").filter({ hasText: "2" }).filter({ hasText: "Max Manager" }).waitFor();
          await assertSound(page);
        });
      });
    }

    it("are renamed by keyboard alone; a toast takes it back, a taken name is refused", async () => {
      await stage.inPage({ name: "rename a team" }, async (page, faults) => {
        await open(page);
        await menu(page, "Design").focus();
        await page.keyboard.press("Enter");
        await untilFocused(page, "Rename");
        await page.keyboard.press("Enter");
        const dialog = page.getByRole("dialog", { name: "Rename Design" });
        faults.expectRefusal(/* any team */ await teamPath(page, "Design"), 409);
        await dialog.getByLabel("Name").fill("Support");
        await page.keyboard.press("Enter");
        await dialog.getByRole("alert").filter({ hasText: "exists already" }).waitFor();
        await dialog.getByLabel("Name").fill("Studio");
        await page.keyboard.press("Enter");
        await row(page, "Studio").waitFor();
        await page.keyboard.press("F8");
        await page.keyboard.press("Enter");
        await row(page, "Design").waitFor();
      });
    });

    it("lead to their people and to their policy", async () => {
      await stage.inPage({ name: "team links" }, async (page) => {
        await open(page);
        await row(page, "Design").getByRole("link").click();
        await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
        await page.getByRole("row").filter({ hasText: "Mia Wong" }).waitFor();
        await page.goBack();
        await menu(page, "Design").click();
        await page.getByRole("menuitem", { name: "Policy of this team" }).click();
        await page.getByRole("heading", { name: "Policy of Design" }).waitFor();
      });
    });

    it("are a manager's own to a manager, who changes nothing about them", async () => {
      await stage.inPage({ name: "teams of a manager" }, async (page) => {
        await signIn(page, max);
        await page.getByRole("link", { name: "Teams" }).click();
        await row(page, "Design").waitFor();
        assert.equal(await row(page, "Support").count(), 0);
        assert.equal(await page.getByRole("button", { name: "New team" }).count(), 0);
        assert.equal(await menu(page, "Design").count(), 0);
      });
    });

    it("are deleted after the consequence was said in numbers", async () => {
      await stage.inPage({ name: "delete a team" }, async (page) => {
        await open(page);
        await menu(page, "Design").click();
        await page.getByRole("menuitem", { name: "Delete" }).click();
        const dialog = page.getByRole("dialog", { name: "Delete Design?" });
        await dialog.getByText("2 people stay, in no team").waitFor();
        await dialog.getByText("Max Manager manages one team less").waitFor();
        await assertSound(page);
        await dialog.getByRole("button", { name: "Delete team" }).click();
        await row(page, "Design").waitFor({ state: "detached" });
      });
    });
  });
});

function open(page) {
  return signIn(page, ADMIN, "/teams");
}

function row(page, name) {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

function menu(page, name) {
  return page.getByRole("button", { name: `Actions for ${name}` });
}

/** Where the hub has a team, as its link on the page says. */
async function teamPath(page, name) {
  const href = await row(page, name).getByRole("link").getAttribute("href");
  return `/api/teams/${new URL(href, page.url()).searchParams.get("team")}`;
}
