import { assertAccessible, assertNoSidewaysScroll } from "./axe.mjs";
import { NARROW, WIDE } from "./browser.mjs";

/** How every page is looked at. */
export const LOOKS = [
  { look: "dark", colorScheme: "dark", viewport: WIDE },
  { look: "light", colorScheme: "light", viewport: WIDE },
  { look: "narrow", colorScheme: "light", viewport: NARROW },
];

/** Fails if axe finds anything, or if the page is wider than its window. */
export async function assertSound(page) {
  await assertNoSidewaysScroll(page);
  await assertAccessible(page);
}
