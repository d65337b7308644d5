import assert from "node:assert/strict";

/**
 * Everything that a page did wrong: console errors (a violated Content-Security-Policy is one), uncaught exceptions, requests
 * that failed or were refused. A refusal that a test provokes is announced with `expectRefusal`.
 */
export class Faults {
  #found = [];
  #expected = new Map();
  #isOutage = false;
  #isExpiring = false;

  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    page.on("console", (message) => {
      if (message.type() !== "error" || this.#isOutage || this.#isExpected(message.location().url)) return;
      if (this.#isExpiring && message.text().includes("401")) return;
      this.#found.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.#found.push(`exception: ${error.stack ?? error.message}`));
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText;
      // The page itself gave up on it, because somebody went on.
      if (reason !== "net::ERR_ABORTED" && !this.#isOutage)
        this.#found.push(`request: ${request.method()} ${request.url()} ${reason}`);
    });
    page.on("response", (response) => {
      if (response.status() < 400 || this.#isOutage) return;
      if (this.#isExpiring && response.status() === 401) return;
      const { pathname } = new URL(response.url());
      if (this.#expected.get(pathname) !== response.status()) {
        this.#found.push(`refused: ${response.request().method()} ${pathname} ${response.status()}`);
      }
    });
  }

  /** From now on `status` from `pathname` is what the test wants to see. */
  expectRefusal(pathname, status) {
    this.#expected.set(pathname, status);
  }

  /** From now on access tokens run out: the page learns it from a 401, and renews. */
  expectExpiry() {
    this.#isExpiring = true;
  }

  /** Runs `steps` while the hub is away: what cannot be reached then is no fault of the page. Exceptions still are. */
  async duringOutage(steps) {
    this.#isOutage = true;
    await steps();
    this.#isOutage = false;
  }

  assertNone() {
    assert.deepEqual(this.#found, []);
  }

  #isExpected(url) {
    return URL.canParse(url) && this.#expected.has(new URL(url).pathname);
  }
}
