import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { open, signIn, wiretap } from "../support/portal.mjs";
import { ADMIN } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const HOUR_MS = 3_600_000;

// The states of the pages: what the hub would say is said in its place. That watching makes a viewing, and that its end is
// heard, is another spec's business.
describe("who views whom", () => {
  const stage = useStage();
  let mia;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
    await stage.addEmployee({ employeeId: "INT2608", name: "Noah Garcia" });
  });

  for (const { look, ...options } of LOOKS) {
    it(`tells an employee who is watching, ${look}`, async () => {
      await stage.inPage({ name: `watchers ${look}`, ...options }, async (page) => {
        const hub = await wiretap(page);
        await page.route("**/api/viewings?*", (route) => route.fulfill({ json: { items: viewingsOf("INT2607", 3) } }));
        await signIn(page, mia);
        const card = page.getByRole("region", { name: "Who is watching" });
        await card.getByText("Nobody is watching your screen").waitFor();
        const pill = page.getByRole("button", { name: /watching your screen/ });
        assert.equal(await pill.count(), 0);

        const since = Date.now() - 72_000;
        hub.say({ type: "watchers", people: [{ name: "Meera Iyer", since, track: 0 }] });
        await card.getByText("Meera Iyer is watching your screen").waitFor();
        assert.match(await pill.innerText(), /^Meera Iyer is watching your screen since \d\d:\d\d:\d\d$/);
        await page.getByRole("status").filter({ hasText: "Meera Iyer is watching" }).waitFor({ state: "attached" });

        const tom = { name: "Tom Berger", since: since + 5_000 };
        const people = [
          { name: "Meera Iyer", since, track: 0 },
          { ...tom, track: 0 },
          { ...tom, track: 1 },
        ];
        hub.say({ type: "watchers", people });
        await pill.filter({ hasText: "Meera Iyer and Tom Berger are watching your screen" }).click();
        const list = page.getByRole("dialog", { name: "Who is watching you" });
        await list.getByText("screen 1, screen 2").waitFor();
        await assertSound(page);
        await page.keyboard.press("Escape");
        await list.waitFor({ state: "hidden" });

        hub.say({ type: "watchers", people: [] });
        await pill.waitFor({ state: "detached" });
        await card.getByText("Nobody is watching your screen").waitFor();
      });
    });

    it(`shows an employee every viewing, ${look}`, async () => {
      await stage.inPage({ name: `who viewed me ${look}`, ...options }, async (page) => {
        await page.route("**/api/viewings?*", (route) => {
          assert.equal(new URL(route.request().url()).searchParams.get("employee"), "INT2607");
          return route.fulfill({ json: { items: viewingsOf("INT2607", 300) } });
        });
        await signIn(page, mia, "/viewings");
        await page.getByRole("heading", { level: 1, name: "Who viewed me" }).waitFor();
        const rows = page.getByRole("row");
        await rows.filter({ hasText: "Now" }).waitFor();
        assert.ok((await rows.count()) < 80, "only what is in sight is drawn");
        await assertSound(page);
        await page.mouse.wheel(0, 100_000);
        await rows.filter({ hasText: "Viewer 299" }).waitFor();
      });
    });
  }

  it("asks again when a viewing has ended", async () => {
    await stage.inPage({ name: "viewing ended" }, async (page) => {
      const hub = await wiretap(page);
      let items = viewingsOf("INT2607", 1);
      await page.route("**/api/viewings?*", (route) => route.fulfill({ json: { items } }));
      await signIn(page, mia, "/viewings");
      await page.getByRole("row").filter({ hasText: "Now" }).waitFor();
      items = [{ ...items[0], to: items[0].from + 65_000 }];
      hub.say({ type: "watchers", people: [] });
      await page.getByRole("row").filter({ hasText: "1:05" }).waitFor();
    });
  });

  it("asks for older ones as one gets there", async () => {
    await stage.inPage({ name: "older viewings" }, async (page) => {
      const all = viewingsOf("INT2608", 250);
      const asked = [];
      await page.route("**/api/viewings?*", (route) => {
        const from = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
        const next = from + 100 < all.length ? String(from + 100) : null;
        asked.push(from);
        return route.fulfill({ json: { items: all.slice(from, from + 100), next } });
      });
      await open(page, "/viewings");
      await page.getByRole("row").filter({ hasText: "Viewer 1" }).first().waitFor();
      assert.deepEqual(asked, [0]);
      await page.waitForFunction(() => {
        globalThis.scrollTo(0, document.documentElement.scrollHeight);
        return [...document.querySelectorAll("tr")].some((row) => row.textContent.includes("Viewer 249"));
      });
      assert.deepEqual(asked.slice(0, 3), [0, 100, 200]);
    });
  });

  it("lets an administrator choose whose, by keyboard, and keeps that in the address", async () => {
    await stage.inPage({ name: "viewings of one" }, async (page) => {
      await signIn(page);
      await page.getByRole("link", { name: "Viewings" }).click();
      await page.getByRole("heading", { name: "Nobody has watched yet" }).waitFor();
      const person = page.getByRole("combobox", { name: "Person who was watched" });
      await person.fill("noa");
      await page.getByRole("option", { name: "Noah Garcia" }).waitFor();
      await person.press("Enter");
      await page.waitForURL((url) => url.searchParams.get("employee") === "INT2608");
      assert.equal(await person.inputValue(), "Noah Garcia");
      await page.getByRole("heading", { name: "No viewing matches" }).waitFor();
      await page.reload();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.waitForURL((url) => url.search === "");
      assert.equal(await person.inputValue(), "");
    });
  });

  it("is a file, too", async () => {
    await stage.inPage({ name: "viewings export" }, async (page) => {
      await open(page, "/viewings");
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download viewings as CSV" }).click();
      const file = await saving;
      assert.equal(file.suggestedFilename(), "viewings.csv");
      assert.match(await readFile(await file.path(), "utf8"), /employeeId,employeeName,viewer,viewerName,what,from,to/);
    });
  });

  it("says why it cannot be shown", async () => {
    await stage.inPage({ name: "viewings refused" }, async (page, faults) => {
      faults.expectRefusal("/api/viewings", 500);
      const refusal = { code: "internal", message: "something broke", request_id: "1" };
      await page.route("**/api/viewings?*", (route) => route.fulfill({ status: 500, json: refusal }), { times: 1 });
      await open(page, "/viewings");
      await page.getByRole("alert").filter({ hasText: "Something broke." }).waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "Nobody has watched yet" }).waitFor();
    });
  });
});

/** As the hub lists them: the newest first, and the first one goes on. */
function viewingsOf(employeeId, count) {
  const nowMs = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const from = nowMs - 60_000 - index * HOUR_MS;
    return {
      id: `0190a0f0-0000-7000-8000-${String(index).padStart(12, "0")}`,
      employeeId,
      employeeName: "Mia Wong",
      viewer: ADMIN.email,
      viewerName: `Viewer ${index}`,
      what: "screen 1",
      from,
      to: index === 0 ? null : from + 90_000,
    };
  });
}
