import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { card, signIn } from "../support/portal.mjs";
import { ADMIN, call, logIn } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("an employee's day", () => {
  const stage = useStage();

  it("is what they see, and nothing of anybody else", async () => {
    const yuki = await stage.addEmployee({ employeeId: "INT2610", name: "Yuki Sato" });
    await stage.inPage({ name: "own day" }, async (page) => {
      await signIn(page, yuki);
      await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/my-day");
      await page.getByRole("region", { name: "Your status" }).filter({ hasText: "Active" }).waitFor();
      await work(page, "Not punched in").waitFor();
      assert.equal(await page.getByText(ADMIN.name).count(), 0);
      assert.equal(await page.getByLabel("Search people").count(), 0);

      await page.goto("/user/dashboard");
      await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();
    });
  });

  it("begins, pauses and ends with a button each, and their manager sees it", async () => {
    const mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    await stage.inPage({ name: "punch" }, async (page) => {
      await signIn(page, mia);
      // Twice, as people do: it must not punch out again.
      await page.getByRole("button", { name: "Punch in" }).dblclick();
      await work(page, "Working").waitFor();
      await page.getByRole("row", { name: /now running$/ }).waitFor();
      await stage.inPage({ name: "punch, manager" }, async (board) => {
        await signIn(board);
        await card(board, "Mia Wong", "Working for").waitFor();
      });

      await page.getByRole("button", { name: "Take a break" }).click();
      await work(page, "On a break").waitFor();
      await page.reload();
      await work(page, "On a break").waitFor();
      await page.getByRole("button", { name: "End the break" }).click();
      await work(page, "Working").waitFor();

      await page.getByRole("button", { name: "Punch out" }).click();
      await work(page, "Not punched in").waitFor();
      await page.getByRole("row", { name: /running$/ }).waitFor({ state: "detached" });
      // A heading and one session.
      assert.equal(await page.getByRole("row").count(), 2);
      assert.equal(await page.getByRole("button", { name: "Punch in" }).count(), 1);
    });
  });

  it("follows what the person's other clients do", async () => {
    const noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    const token = await logIn(stage.origin, noah);
    await stage.inPage({ name: "other client" }, async (page) => {
      await signIn(page, noah);
      await work(page, "Not punched in").waitFor();
      await call(stage.origin, "POST", "/api/work/start", { token });
      await work(page, "Working").waitFor();
      await call(stage.origin, "POST", "/api/work/break/start", { token });
      await work(page, "On a break").waitFor();
      await call(stage.origin, "POST", "/api/work/stop", { token });
      await work(page, "Not punched in").waitFor();
    });
  });

  it("says why the hub refused, and goes on", async () => {
    const kofi = await stage.addEmployee({ employeeId: "INT2609", name: "Kofi Okafor" });
    await stage.inPage({ name: "refused punch" }, async (page, faults) => {
      await signIn(page, kofi);
      await work(page, "Not punched in").waitFor();
      faults.expectRefusal("/api/work/start", 503);
      const refusal = { code: "unavailable", message: "the database is away", request_id: "1" };
      await page.route("**/api/work/start", (route) => route.fulfill({ status: 503, json: refusal }), { times: 1 });
      await page.getByRole("button", { name: "Punch in" }).click();
      await page.getByRole("alert").filter({ hasText: "The database is away." }).waitFor();
      await page.getByRole("button", { name: "Punch in" }).click();
      await work(page, "Working").waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
    });
  });
});

/** The card of one's working time, once it says `words`. */
function work(page, words) {
  const said = page.getByRole("status").getByText(words, { exact: true });
  return page.getByRole("region", { name: "Working time" }).filter({ has: said });
}
