import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { DESKTOP, Desktop } from "../support/desktop.mjs";
import { open } from "../support/portal.mjs";
import { call } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

/** What JPEG takes from a desktop, in levels of 256 in the mean. */
const JPEG_LEVELS = 2;
const SHOWN_WITHIN_MS = 20_000;
const MIA = { employeeId: "E-1", name: "Mia Sommer" };

/** How far two pictures are apart, in levels of 256 in the mean. */
function difference(one, other) {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += at % 4 === 3 ? 0 : Math.abs(one[at] - other[at]);
  return sum / (one.length * 0.75);
}

/** The pixels of the page's picture that is as large as the desktop; `undefined` while there is none. */
async function pixelsOnPage(page) {
  const base64 = await page.evaluate(({ width, height }) => {
    const isWhole = (canvas) => canvas.width === width && canvas.height === height;
    const canvas = [...document.querySelectorAll("canvas")].find(isWhole);
    if (!canvas) return undefined;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
    return btoa(text);
  }, DESKTOP);
  return base64 && Buffer.from(base64, "base64");
}

async function untilItShows(page, picture) {
  const deadline = Date.now() + SHOWN_WITHIN_MS;
  for (;;) {
    const shown = await pixelsOnPage(page);
    const apart = shown ? difference(shown, picture) : 255;
    if (apart <= JPEG_LEVELS) return;
    assert.ok(Date.now() < deadline, `the page is ${apart.toFixed(1)} levels from the desktop`);
    await page.waitForTimeout(200);
  }
}

describe("a real desktop on the live wall", () => {
  const stage = useStage();
  const desktop = new Desktop();

  before(async () => {
    await stage.addEmployee(MIA);
    const { employeeId } = MIA;
    const { code } = await call(stage.origin, "POST", "/api/devices/codes", {
      token: stage.adminToken,
      body: { employeeId },
    });
    await desktop.start();
    await desktop.startAgent(stage.origin, code);
  });
  after(() => desktop.stop());

  it("is shown as it is, follows what changes on it, and says why when the agent is gone", async () => {
    await stage.inPage({ name: "a real desktop" }, async (page) => {
      await open(page, "/live");
      const tile = page.getByRole("group", { name: new RegExp(`^${MIA.name},.* live picture$`) });
      await tile.dblclick();

      const before = await desktop.stillPicture();
      await untilItShows(page, before);
      await desktop.moveWindow(400, 180);
      const moved = await desktop.stillPicture();
      assert.ok(difference(before, moved) > 4 * JPEG_LEVELS, "the window moved");
      await untilItShows(page, moved);

      await page.keyboard.press("Escape");
      await tile.waitFor();
      await desktop.quitAgent();
      await page
        .getByRole("group", { name: new RegExp(`^${MIA.name},`) })
        .filter({ hasText: /Offline/ })
        .waitFor();
    });
  });
});
