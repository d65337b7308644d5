import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Faults } from "./faults.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Generous for a loaded machine; nothing waits this long unless something is broken. */
const PATIENCE_MS = 15_000;
const PICTURES = join(import.meta.dirname, "..", "out");

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 375, height: 760 };

/** Starts Chromium: the one named by CHROMIUM_BIN, or the system's. */
export function launchBrowser() {
  const executablePath = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/**
 * Runs `steps` in a browser profile of its own and fails if the page did anything wrong meanwhile.
 * A failure leaves a picture in out/.
 * @param {import("playwright-core").Browser} browser
 * @param {import("playwright-core").BrowserContextOptions & { name: string, baseURL: string }} options
 * @param {(page: import("playwright-core").Page, faults: Faults) => Promise<void>} steps
 */
export async function inPage(browser, { name, ...options }, steps) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: "dark", locale: "en-GB", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults = new Faults(page);
  try {
    await steps(page, faults);
    faults.assertNone();
  } catch (error) {
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, "-")}.png`) });
    throw error;
  } finally {
    await context.close();
  }
}
