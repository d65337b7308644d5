import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { open, signIn, submitSignIn, untilLive } from "../support/portal.mjs";
import { call, publishNotice } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

/** Short enough to run out while a test looks. */
const ACCESS_TTL_S = 5;

describe("a page that stays open", () => {
  const stage = useStage({ MUSTER__AUTH__ACCESS_TTL: `${ACCESS_TTL_S}s` });

  it("keeps a half-filled form while the hub restarts, and saves it afterwards", async () => {
    await stage.inPage({ name: "form and restart" }, async (page, faults) => {
      faults.expectExpiry();
      await open(page, "/settings/organization");
      const name = page.getByLabel("Name", { exact: true });
      await name.fill("Northwind Traders");
      await faults.duringOutage(async () => {
        await stage.hub.halt();
        await page.getByRole("status").filter({ hasText: "Connection lost" }).waitFor({ state: "attached" });
        await stage.hub.startAgain();
        await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
        await untilLive(page);
      });
      assert.equal(await name.inputValue(), "Northwind Traders");
      await page.getByRole("button", { name: "Save" }).first().click();
      await page.getByRole("region", { name: "Messages" }).waitFor();
      await page.reload();
      await page.waitForFunction(() =>
        [...document.querySelectorAll("input")].some(({ value }) => value === "Northwind Traders"),
      );
    });
  });

  it("renews an access token that ran out, without anybody noticing", async () => {
    await stage.inPage({ name: "token ran out" }, async (page, faults) => {
      faults.expectExpiry();
      await signIn(page);
      await untilGone(page, "muster_access");
      let renewals = 0;
      page.on("request", (request) => {
        if (request.url().endsWith("/api/auth/refresh")) renewals += 1;
      });
      await page.getByRole("link", { name: "Viewings" }).click();
      await page.getByRole("heading", { name: "Nobody has watched yet" }).waitFor();
      assert.equal(renewals, 1);
      await untilLive(page);
    });
  });

  it("leads to the sign-in once access was taken away, and back to the same page", async () => {
    await stage.signInAsAdmin();
    const mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    await stage.inPage({ name: "access taken away" }, async (page, faults) => {
      faults.expectExpiry();
      await signIn(page, mia, "/my-data");
      await untilLive(page);
      const body = { password: "another password of hers" };
      await call(stage.origin, "PATCH", `/api/employees/${mia.employeeId}`, {
        token: await stage.signInAsAdmin(),
        body,
      });
      await page.getByRole("button", { name: "Sign in again" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await submitSignIn(page, { ...mia, ...body });
      await page.getByRole("heading", { level: 1, name: "My data" }).waitFor();
      await untilLive(page);
    });
  });

  it("shows a notice the moment it is published", async () => {
    await stage.signInAsAdmin();
    const noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    await stage.inPage({ name: "notice published" }, async (page, faults) => {
      faults.expectExpiry();
      await signIn(page, noah);
      await page.getByRole("heading", { level: 1, name: "My day" }).waitFor();
      await publishNotice(stage.origin, await stage.signInAsAdmin(), "We record hours.");
      await page.getByRole("button", { name: "Read it", exact: true }).click();
      await page.getByRole("dialog", { name: "What is recorded" }).getByText("We record hours.").waitFor();
    });
  });
});

/** Waits until the browser has dropped a cookie by its own clock. */
async function untilGone(page, name) {
  const deadlineMs = Date.now() + (ACCESS_TTL_S + 10) * 1000;
  while ((await page.context().cookies()).some((cookie) => cookie.name === name)) {
    assert.ok(Date.now() < deadlineMs, `the cookie ${name} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
