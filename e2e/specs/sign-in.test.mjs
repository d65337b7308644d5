import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { signIn, signOut, submitSignIn, untilFocused, untilLive } from "../support/portal.mjs";
import { ADMIN } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

describe("signing in", () => {
  const stage = useStage();

  it("out, then in with the wrong and the right password", async () => {
    await stage.inPage({ name: "out and in" }, async (page, faults) => {
      await signIn(page);
      await signOut(page);
      await page.goto("/");
      await page.waitForURL((url) => url.pathname === "/login");

      faults.expectRefusal("/api/auth/login", 401);
      await submitSignIn(page, { ...ADMIN, password: "not the password" });
      await page.getByRole("alert").filter({ hasText: "E-mail or password is wrong." }).waitFor();
      assert.equal(await page.getByLabel("E-mail").inputValue(), ADMIN.email);

      await submitSignIn(page, ADMIN);
      await untilLive(page);
    });
  });

  it("leads back to where one wanted to go", async () => {
    await stage.inPage({ name: "deep link" }, async (page) => {
      await page.goto("/?q=ada&status=active");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await submitSignIn(page, ADMIN);
      await untilLive(page);
      assert.equal(new URL(page.url()).searchParams.get("q"), "ada");
      assert.equal(await page.getByLabel("Search people").inputValue(), "ada");
    });
  });

  it("leads to no other site", async () => {
    await stage.inPage({ name: "open redirect" }, async (page) => {
      await page.goto("/login?to=//example.org/");
      await submitSignIn(page, ADMIN);
      await untilLive(page);
      assert.equal(new URL(page.url()).origin, stage.origin);
    });
  });

  it("survives a reload", async () => {
    await stage.inPage({ name: "reload" }, async (page) => {
      await signIn(page);
      await page.reload();
      await untilLive(page);
    });
  });

  it("works with the keyboard alone", async () => {
    await stage.inPage({ name: "keyboard" }, async (page) => {
      const { keyboard } = page;
      await page.goto("/login");
      await page.getByLabel("E-mail").waitFor();
      await keyboard.press("Tab");
      await keyboard.type(ADMIN.email);
      await keyboard.press("Tab");
      await keyboard.type(ADMIN.password);
      await keyboard.press("Enter");
      await untilLive(page);

      await keyboard.press("/");
      await keyboard.type("nobody is called this");
      await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
      await keyboard.press("Escape");
      await page.getByRole("article", { name: ADMIN.name }).waitFor();
      await keyboard.press("Escape");

      await page.getByRole("button", { name: /^Account of/ }).focus();
      await keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
      await untilFocused(page, "Sign out");
      await keyboard.press("Escape");
      await untilFocused(page, `Account of ${ADMIN.name}`);
      await keyboard.press("Enter");
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });
  });
});
