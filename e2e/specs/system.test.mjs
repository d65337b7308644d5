import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { signIn } from "../support/portal.mjs";
import { ADMIN, call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("the system", () => {
  const stage = useStage();

  for (const { look, ...options } of LOOKS) {
    it(`is well, and says so in figures, ${look}`, async () => {
      await stage.inPage({ name: `system ${look}`, ...options }, async (page) => {
        await open(page);
        await page.getByText("Answers", { exact: true }).waitFor();
        const pages = page.getByRole("meter", { name: "Portal pages" });
        await page.waitForFunction(() => [...document.querySelectorAll("meter")].some((one) => one.value >= 1));
        assert.ok((await pages.getAttribute("max")) > 0);
        const { version } = await call(stage.origin, "GET", "/api/system", { token: stage.adminToken });
        await page.getByRole("region", { name: "Hub" }).getByText(version, { exact: true }).waitFor();
        await assertSound(page);
      });
    });
  }

  it("says first what is wrong, and keeps the last figures when nothing is heard", async () => {
    await stage.inPage({ name: "unwell", colorScheme: "light" }, async (page, faults) => {
      const system = await call(stage.origin, "GET", "/api/system", { token: stage.adminToken });
      const unwell = {
        ...system,
        database: { ...system.database, healthy: false, latencyMs: null },
        journal: { waiting: 990, capacity: 1000 },
        storage: { dataBytes: 1_000_000_000, blobBytes: 300_000_000_000, freeBytes: 900_000_000 },
      };
      await page.route("**/api/system", (route) => route.fulfill({ json: unwell }), { times: 1 });
      await open(page);
      await page.getByText("The database does not answer.").waitFor();
      await page.getByText("The journal is nearly full").waitFor();
      await page.getByText("The disk is nearly full").waitFor();
      await assertSound(page);
      faults.expectRefusal("/api/system", 503);
      const refusal = { code: "unavailable", message: "the database is not available just now", request_id: "1" };
      await page.route("**/api/system", (route) => route.fulfill({ status: 503, json: refusal }), { times: 1 });
      await page.getByText("What stands below is the last that was heard.").waitFor();
      // It comes back by itself.
      await page.getByText("All is well").waitFor();
    });
  });
});

function open(page) {
  return signIn(page, ADMIN, "/system");
}
