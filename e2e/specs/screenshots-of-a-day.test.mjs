import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertAccessible } from "../support/axe.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn } from "../support/portal.mjs";
import { call, logIn, uploadScreenshot } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const MINUTE_MS = 60_000;

describe("screenshots of a day", () => {
  const stage = useStage();
  const people = {};
  const tokens = {};
  let picture;
  before(async () => {
    people.mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    people.noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    for (const name of ["mia", "noah"]) {
      tokens[name] = await logIn(stage.origin, people[name]);
      await call(stage.origin, "POST", "/api/work/start", { token: tokens[name] });
    }
    const page = await stage.browser.newPage();
    picture = await page.screenshot({ type: "jpeg" });
    await page.close();
  });

  it("arrive while one looks, near-identical ones marked, and can be left out", async () => {
    await stage.inPage({ name: "screenshots of a day" }, async (page) => {
      await signIn(page);
      await page.getByRole("link", { name: "Screenshots" }).click();
      await page.getByRole("heading", { name: "No screenshots today yet" }).waitFor();
      const takenAtMs = Date.now() - 1_000;
      await uploadScreenshot(stage.origin, tokens.mia, picture, takenAtMs);
      await shot(page, "Mia Wong").waitFor();
      await uploadScreenshot(stage.origin, tokens.mia, picture, takenAtMs + 500);
      await uploadScreenshot(stage.origin, tokens.noah, picture, takenAtMs);
      await page.getByRole("status").filter({ hasText: "3 pictures" }).waitFor();
      await page.reload();
      await page.getByRole("button", { name: /looks like the one before/ }).waitFor();
      await page.getByLabel("Hide near-identical (1)").check();
      await page.waitForURL((url) => url.searchParams.get("same") === "hidden");
      await page.getByRole("status").filter({ hasText: "2 pictures" }).waitFor();
    });
  });

  it("stand by the hour for one person, who is found by keyboard", async () => {
    await stage.inPage({ name: "screenshots by hour" }, async (page) => {
      await open(page, "/screenshots");
      const person = page.getByRole("combobox", { name: "Person" });
      await person.fill("noa");
      await page.getByRole("option", { name: "Noah Garcia" }).waitFor();
      await person.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("employee") === "INT2608");
      assert.equal(await page.getByRole("button", { name: "By hour" }).getAttribute("aria-pressed"), "true");
      // One hour, or two if the pictures lie on both sides of a full one.
      await page
        .getByRole("heading", { name: /^\d\d:00$/ })
        .first()
        .waitFor();
      const block = page.getByRole("button", { name: /^Screenshot/ });
      await block.first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Screenshot" }).getByText("Noah Garcia").waitFor();
      await page.waitForURL((url) => url.searchParams.has("open"));
      await page.keyboard.press("Escape");
      await page.waitForURL((url) => !url.searchParams.has("open"));
    });
  });

  it("are deleted with a reason, and leave a receipt that anybody may check", async () => {
    await stage.inPage({ name: "screenshot deleted" }, async (page) => {
      await open(page, "/screenshots?employee=INT2608");
      await page
        .getByRole("button", { name: /^Screenshot/ })
        .first()
        .click();
      await page.getByRole("dialog", { name: "Screenshot" }).waitFor();
      await page.keyboard.press("Delete");
      const asking = page.getByRole("dialog", { name: "Delete this screenshot?" });
      await asking.getByLabel("Reason").fill("A private letter was on the screen");
      await assertAccessible(page);
      await asking.getByRole("button", { name: "Delete 1 picture" }).click();
      const receipt = page.getByRole("dialog", { name: "Deleted, with a receipt" });
      const hash = await receipt.getByRole("definition").nth(1).innerText();
      const receipts = await call(stage.origin, "GET", "/api/receipts", { token: stage.adminToken });
      const kept = receipts.items.find((one) => one.hash === hash);
      assert.equal(kept.why ?? kept.reason, "A private letter was on the screen");
      await receipt.getByRole("button", { name: "Done" }).click();
      await page.getByRole("heading", { name: "No screenshot matches" }).waitFor();
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`can be read by everybody, ${look}`, async () => {
      await stage.inPage({ name: `screenshots ${look}`, ...options }, async (page) => {
        await signIn(page);
        for (const view of ["grid", "hours"]) {
          await page.goto(`/screenshots?employee=INT2607&view=${view}`);
          await page
            .getByRole("button", { name: /^Screenshot/ })
            .first()
            .waitFor();
          await assertSound(page);
        }
      });
    });
  }

  it("by the thousand are drawn a screenful at a time", async () => {
    await stage.inPage({ name: "many screenshots" }, async (page) => {
      const asked = [];
      await page.route("**/api/uploads/list?*", (route) => {
        const from = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
        asked.push(from);
        const next = from + 200 < 1_000 ? { "X-Next-Cursor": String(from + 200) } : {};
        return route.fulfill({ json: uploadsOf(from, 200), headers: next });
      });
      await page.route("**/thumb", (route) => route.fulfill({ body: picture, contentType: "image/jpeg" }));
      await signIn(page);
      asked.length = 0;
      await page.goto("/screenshots");
      await shot(page, "Mia Wong").first().waitFor();
      assert.ok(
        (await page.getByRole("button", { name: /^Screenshot/ }).count()) < 100,
        "only what is in sight is drawn",
      );
      await page.waitForFunction(() => {
        globalThis.scrollTo(0, document.documentElement.scrollHeight);
        return document.body.innerText.includes("1,000 pictures");
      });
    });
  });

  it("of an employee are their own alone, and they delete none", async () => {
    await stage.inPage({ name: "own day of screenshots" }, async (page) => {
      await signIn(page, people.mia, "/screenshots");
      await page.getByRole("heading", { level: 1, name: "My screenshots" }).waitFor();
      await page
        .getByRole("button", { name: /^Screenshot/ })
        .first()
        .click();
      await page.getByRole("dialog", { name: "Screenshot" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Delete…" }).count(), 0);
    });
  });
});

function shot(page, name) {
  return page.getByRole("button", { name: new RegExp(`^Screenshot ${name}`) });
}

function uploadsOf(from, count) {
  const nowMs = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const id = `0190a0f0-0000-7000-8000-${String(from + index).padStart(12, "0")}`;
    const file = `/api/uploads/${id}`;
    const ts = nowMs - (from + index) * MINUTE_MS;
    const size = { width: 1920, height: 1080, bytes: 1 };
    return { id, file, thumb: `${file}/thumb`, ts, employeeId: "INT2607", ...size, nearIdentical: false };
  });
}
