import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { signIn } from "../support/portal.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

const SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const BUILDS = [
  { file: "muster-agent-0.2.0-x86_64-pc-windows-msvc.zip", platform: "windows", version: "0.2.0" },
  { file: "muster-agent-0.2.0-x86_64-unknown-linux-gnu.tar.gz", platform: "linux", version: "0.2.0" },
  { file: "muster-agent-0.1.0-x86_64-unknown-linux-gnu.tar.gz", platform: "linux", version: "0.1.0" },
].map((build) => ({ ...build, kind: "agent", target: "", bytes: 12_345_678, sha256: SHA256 }));

// Builds are said in the hub's place: which lie in a data folder is another matter than how they are shown.
describe("downloads", () => {
  const stage = useStage();
  let mia;
  before(async () => {
    mia = await stage.addEmployee({ employeeId: "INT2607", name: "Mia Wong" });
  });

  it("say where builds come from while there are none", async () => {
    await stage.inPage({ name: "no builds" }, async (page) => {
      await open(page);
      await page.getByRole("heading", { name: "There is no agent for Linux here" }).waitFor();
      await page.getByText("cargo xtask dist").waitFor();
    });
  });

  for (const { look, ...options } of LOOKS) {
    it(`give the agent for one's system with checksum and steps, ${look}`, async () => {
      await stage.inPage({ name: `downloads ${look}`, ...options }, async (page) => {
        await withBuilds(page);
        await open(page);
        await page.getByText("Version 0.2.0").waitFor();
        await page.getByText("1 older build").waitFor();
        const checksum = page.getByRole("textbox", { name: "SHA-256" }).first();
        assert.equal(await checksum.inputValue(), SHA256);
        await assertSound(page);
        await page.getByRole("radio", { name: "Windows" }).check();
        await page.getByRole("heading", { name: "Set up on Windows" }).waitFor();
        await page.waitForURL((url) => url.searchParams.get("platform") === "windows");
        await page.getByRole("link", { name: /^Download muster-agent-0.2.0-x86_64-pc-windows/ }).waitFor();
        await page.getByRole("radio", { name: "macOS" }).check();
        await page.getByRole("heading", { name: "There is no agent for macOS here" }).waitFor();
        await assertSound(page);
      });
    });
  }

  it("make a code that enrols a device of one's own, by keyboard alone", async () => {
    let code;
    await stage.inPage({ name: "own code" }, async (page) => {
      await withBuilds(page);
      await signIn(page, mia);
      await page.getByRole("link", { name: "Downloads" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Make a code for you" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("img", { name: /QR code/ }).waitFor();
      code = await page.getByRole("textbox", { name: "Enrolment code" }).inputValue();
      assert.equal(await page.getByRole("textbox", { name: "Hub address" }).inputValue(), stage.origin);
      await assertSound(page);
      // What the QR code leads to.
      await page.goto(`/downloads#code=${code}`);
      await page.reload();
      assert.equal(await page.getByRole("textbox", { name: "Enrolment code" }).inputValue(), code);
      await page.getByRole("radio", { name: "Windows" }).check();
      await page.getByRole("heading", { name: "Set up on Windows" }).waitFor();
      assert.equal(await page.getByRole("textbox", { name: "Enrolment code" }).inputValue(), code);
    });
    const enrolled = await call(stage.origin, "POST", "/api/devices/enrol", { body: { code, name: "laptop" } });
    assert.equal(enrolled.employeeId, mia.employeeId);
  });

  async function open(page) {
    await signIn(page);
    await page.goto("/downloads?platform=linux");
  }

  function withBuilds(page) {
    return page.route("**/api/downloads", (route) => route.fulfill({ json: { items: BUILDS } }));
  }
});
