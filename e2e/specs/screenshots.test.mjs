import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { signIn } from "../support/portal.mjs";
import { call, logIn, uploadScreenshot } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("the latest screenshots", () => {
  const stage = useStage();
  const people = {};
  const tokens = {};
  before(async () => {
    const support = await stage.addTeam("Support");
    people.mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong", teamId: support });
    people.noah = await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
    for (const name of ["mia", "noah"]) {
      tokens[name] = await logIn(stage.origin, people[name]);
      await call(stage.origin, "POST", "/api/work/start", { token: tokens[name] });
    }
  });

  it("appear while one looks, open large, and lead to each other by arrow keys", async () => {
    await stage.inPage({ name: "screenshots" }, async (page) => {
      await signIn(page);
      const strip = page.getByRole("region", { name: "Latest screenshots" });
      await strip.getByText("No screenshots yet").waitFor();
      const minuteAgoMs = Date.now() - 60_000;
      await uploadScreenshot(stage.origin, tokens.mia, await pictureOf(page), minuteAgoMs);
      await shot(page, "Mia Wong").waitFor();
      await uploadScreenshot(stage.origin, tokens.noah, await pictureOf(page), minuteAgoMs + 1_000);
      await shot(page, "Noah Garcia").waitFor();
      // The newest first.
      assert.match(await strip.getByRole("button").first().innerText(), /Noah Garcia/);
      await untilDrawn(page, strip.locator("img").first());

      await shot(page, "Noah Garcia").click();
      const dialog = page.getByRole("dialog", { name: "Screenshot" });
      const large = dialog.getByRole("img");
      await dialog.getByText("Noah Garcia").waitFor();
      await untilDrawn(page, large);
      assert.equal(await large.evaluate((image) => image.naturalWidth), 1440);
      await page.keyboard.press("ArrowRight");
      await dialog.getByText("Mia Wong").waitFor();
      await page.keyboard.press("ArrowLeft");
      await dialog.getByText("Noah Garcia").waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    });
  });

  it("are of whom the board is filtered to", async () => {
    await stage.inPage({ name: "screenshots of a team" }, async (page) => {
      await signIn(page);
      await shot(page, "Noah Garcia").waitFor();
      await page.getByLabel("Team").selectOption("Support");
      await shot(page, "Mia Wong").waitFor();
      await shot(page, "Noah Garcia").waitFor({ state: "detached" });
    });
  });

  it("are an employee's own on their day", async () => {
    await stage.inPage({ name: "own screenshots" }, async (page) => {
      await signIn(page, people.mia);
      const strip = page.getByRole("region", { name: "Your latest screenshots" });
      await untilDrawn(page, strip.locator("img").first());
      assert.equal(await strip.getByRole("button").count(), 1);
    });
  });
});

/** A picture as an agent takes it: of what is on the screen now. */
function pictureOf(page) {
  return page.screenshot({ type: "jpeg" });
}

function shot(page, name) {
  return page.getByRole("button", { name: new RegExp(`^Screenshot ${name}`) });
}

async function untilDrawn(page, image) {
  const element = await image.elementHandle();
  await page.waitForFunction((picture) => picture.complete && picture.naturalWidth > 0, element);
}
