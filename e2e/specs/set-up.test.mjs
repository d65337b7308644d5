import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { card, untilLive } from "../support/portal.mjs";
import { ADMIN, ORGANIZATION } from "../support/rest.mjs";
import { useFreshStage } from "../support/stage.mjs";

describe("a fresh hub", () => {
  const stage = useFreshStage();

  it("serves the portal under a strict content security policy", async () => {
    const response = await fetch(stage.origin);
    const policy = response.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'self'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  });

  it("tells a visitor where the set-up link is", async () => {
    await stage.inPage({ name: "visitor" }, async (page) => {
      await page.goto("/");
      await page.getByText("This hub has no administrator yet.").waitFor();
      await page.waitForURL((url) => url.pathname === "/login");
    });
  });

  it("refuses a link that is not complete", async () => {
    await stage.inPage({ name: "half a link" }, async (page) => {
      await page.goto("/setup");
      await page.getByText("The link is not complete.").waitFor();
    });
  });

  it("is set up through the link, which leads to the live board", async () => {
    const options = { name: "set up", timezoneId: "Asia/Tokyo" };
    await stage.inPage(options, async (page) => {
      await page.goto(stage.hub.setupLink);
      assert.equal(await page.getByLabel("Time zone").inputValue(), "Asia/Tokyo");
      await page.getByLabel("Time zone").selectOption(ORGANIZATION.timeZone);
      await page.getByLabel("Organization").fill(ORGANIZATION.organization);
      await page.getByLabel("Your name").fill(ADMIN.name);
      await page.getByLabel("E-mail").fill(ADMIN.email);
      await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
      await page.getByText("Strong.").waitFor();
      await page.getByRole("button", { name: "Set up Muster" }).click();
      await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
      await page.getByText(`Who is working at ${ORGANIZATION.organization}`).waitFor();
      await untilLive(page);
      await card(page, ADMIN.name, "Active").waitFor();
      await page.getByRole("heading", { name: "Your people appear here" }).waitFor();
    });
  });

  it("takes the link only once", async () => {
    await stage.inPage({ name: "second time" }, async (page) => {
      await page.goto(stage.hub.setupLink);
      await page.getByRole("heading", { name: "Already set up" }).waitFor();
      await page.getByRole("button", { name: "Go to sign-in" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });
  });
});
