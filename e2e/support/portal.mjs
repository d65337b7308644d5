import assert from "node:assert/strict";
import { ADMIN } from "./rest.mjs";

/** Fills the sign-in form and sends it; does not wait for what follows. */
export async function submitSignIn(page, { email, password }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in beside the form, whose own tests are in sign-in.test.mjs; opens `path`, and waits for the page to be live. */
export async function signIn(page, { email, password } = ADMIN, path = "/") {
  const answer = await page.request.post("/api/auth/login", { data: { email, password, portal: true } });
  assert.equal(answer.status(), 200, `signing in as ${email}`);
  await page.goto(path);
  await untilLive(page);
}

/** Opens `path` as the administrator. */
export function open(page, path) {
  return signIn(page, ADMIN, path);
}

export async function untilLive(page) {
  await page.getByRole("status").filter({ hasText: "Live: connected" }).waitFor({ state: "attached" });
}

export async function signOut(page) {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

/** Waits until the focus is on a control that has, or is named, `words`. */
export function untilFocused(page, words) {
  const isFocused = (expected) => {
    const { ariaLabel, textContent } = document.activeElement;
    return (ariaLabel ?? textContent) === expected;
  };
  return page.waitForFunction(isFocused, words);
}

/** Somebody's card on the board, once it says `status`. */
export function card(page, name, status) {
  return page.getByRole("article", { name, exact: true }).filter({ hasText: status });
}

/**
 * Lets the page's socket through, and lets the test speak in the hub's place. Call it before the page opens its socket.
 * @returns {Promise<{ say: (message: object) => void }>}
 */
export async function wiretap(page) {
  let newest;
  await page.routeWebSocket(/\/ws\/portal$/, (socket) => {
    socket.connectToServer();
    newest = socket;
  });
  return { say: (message) => newest.send(JSON.stringify(message)) };
}
