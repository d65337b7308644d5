import { after, before } from "node:test";
import { inPage, launchBrowser } from "./browser.mjs";
import { startDemoHub, startHub } from "./hub.mjs";
import { ADMIN, addEmployee, addTeam, logIn, setUp } from "./rest.mjs";

/** A hub and a browser for the tests of one file. Everything is there once the first test runs. */
class Stage {
  /** @type {import("./hub.mjs").Hub} */
  hub;
  /** @type {import("playwright-core").Browser} */
  browser;
  /** Of `ADMIN`; absent on a fresh hub, which has no account. */
  adminToken;

  get origin() {
    return this.hub.origin;
  }

  /**
   * Runs `steps` on a page of this hub; see `inPage` of browser.mjs.
   * @param {import("playwright-core").BrowserContextOptions & { name: string }} options
   */
  inPage(options, steps) {
    return inPage(this.browser, { baseURL: this.origin, ...options }, steps);
  }

  /** A new token of the administrator, where the last one runs out within a test. */
  async signInAsAdmin() {
    this.adminToken = await logIn(this.origin, ADMIN);
    return this.adminToken;
  }

  /** Adds a person as the administrator; gives what they sign in with. */
  addEmployee(person) {
    return addEmployee(this.origin, this.adminToken, person);
  }

  /** @returns {Promise<string>} the new team's id */
  addTeam(name) {
    return addTeam(this.origin, this.adminToken, name);
  }
}

/**
 * Call it first thing in a `describe`: a hub that nobody has set up yet.
 * @param {Record<string, string>} [settings] environment variables of the hub
 */
export function useFreshStage(settings) {
  const stage = new Stage();
  before(async () => {
    // One after the other: what has started is known to `after`, whatever fails then.
    stage.hub = await startHub(settings);
    stage.browser = await launchBrowser();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.hub?.stop();
  });
  return stage;
}

/**
 * Call it first thing in a `describe`: a hub with its organization and its first administrator.
 * @param {Record<string, string>} [settings] environment variables of the hub
 */
export function useStage(settings) {
  const stage = useFreshStage(settings);
  before(async () => {
    await setUp(stage.hub);
    stage.adminToken = await logIn(stage.origin, ADMIN);
  });
  return stage;
}

/** Call it first thing in a `describe`: a hub with a simulated fleet of `agents`; `hub.signIns` says who may look. */
export function useDemoStage(agents) {
  const stage = new Stage();
  before(async () => {
    stage.hub = await startDemoHub(agents);
    stage.browser = await launchBrowser();
    stage.adminToken = await logIn(stage.origin, stage.hub.signIns.admin);
  });
  after(async () => {
    await stage.browser?.close();
    await stage.hub?.stop();
  });
  return stage;
}
