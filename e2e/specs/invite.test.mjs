import { describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

// That a link is made, accepted once and void afterwards is in people.test.mjs.
describe("an invite link", () => {
  const stage = useStage();

  for (const { look, ...options } of LOOKS) {
    it(`greets by name and helps with the password, ${look}`, async () => {
      const link = await invite(`LOOK${look}`);
      await stage.inPage({ name: `invite ${look}`, ...options }, async (page) => {
        await page.goto(link);
        await page.getByRole("heading", { name: "Welcome, Sofia Keller" }).waitFor();
        await page.getByText("Northwind uses Muster.").waitFor();
        await page.getByLabel("Password", { exact: true }).fill("sofiakeller1");
        await page.getByText("Easy to guess.").waitFor();
        await assertSound(page);
      });
    });
  }

  it("that is not complete, or unknown, says what to do", async () => {
    await stage.inPage({ name: "half an invite" }, async (page, faults) => {
      await page.goto("/invite");
      await page.getByText("The link is not complete.").waitFor();
      await assertSound(page);
      faults.expectRefusal("/api/invite", 404);
      await page.goto("/invite#token=unknown");
      await page.reload();
      await page.getByRole("heading", { name: "This link works no more" }).waitFor();
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });
  });

  it("is void once a newer one was made", async () => {
    const link = await invite("TWICE");
    await again("TWICE");
    await stage.inPage({ name: "an older invite" }, async (page, faults) => {
      faults.expectRefusal("/api/invite", 404);
      await page.goto(link);
      await page.getByRole("heading", { name: "This link works no more" }).waitFor();
    });
  });

  async function invite(employeeId) {
    const body = { employeeId, name: "Sofia Keller", email: `${employeeId}@example.org` };
    await call(stage.origin, "POST", "/api/employees", { token: stage.adminToken, body });
    return await again(employeeId);
  }

  async function again(employeeId) {
    const { link } = await call(stage.origin, "POST", `/api/employees/${employeeId}/invite`, {
      token: stage.adminToken,
    });
    return link;
  }
});
