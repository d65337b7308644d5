import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const READY_WITHIN_MS = 30_000;
const STOPPED_WITHIN_MS = 20_000;
/** One administrator signs in for every test of a file, more often than any person may. */
const SIGN_INS_PER_MINUTE = "600";

/**
 * @typedef {object} Hub
 * @property {string} origin Where the portal is, without a slash at the end.
 * @property {string} setupLink The one-time link for the first administrator.
 * @property {() => Promise<void>} halt Stops the process and keeps its data.
 * @property {() => Promise<void>} startAgain After `halt`: the same data at the same address.
 * @property {() => Promise<void>} stop Stops the process and removes its data.
 */

/**
 * Starts the binary named by MUSTER_BIN on an empty data folder and free ports; gives it when it says that it is ready.
 * @param {Record<string, string>} settings environment variables, such as `{ MUSTER__AUTH__ACCESS_TTL: "5s" }`
 * @returns {Promise<Hub>}
 */
export async function startHub(settings = {}) {
  const dataFolder = await newDataFolder();
  let running = launch(dataFolder, "127.0.0.1:0", [], settings);
  const stop = () => remove(running, dataFolder);
  try {
    const { origin, setupLink } = await readStart(running, (start) => start.origin && start.setupLink);
    return {
      origin,
      setupLink,
      stop,
      halt: () => end(running),
      startAgain: async () => {
        running = launch(dataFolder, new URL(origin).host, [], settings);
        await readStart(running, (start) => start.origin);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The same with a simulated fleet: an organization, teams, and `agents` people whose agents draw desktops.
 * @param {number} agents
 * @returns {Promise<{ origin: string, signIns: Record<"admin" | "manager" | "employee", SignIn>, stop: () => Promise<void> }>}
 * @typedef {{ email: string, password: string }} SignIn
 */
export async function startDemoHub(agents) {
  const dataFolder = await newDataFolder();
  const running = launch(dataFolder, "127.0.0.1:0", ["--demo", String(agents)]);
  const stop = () => remove(running, dataFolder);
  try {
    const { origin, signIns } = await readStart(running, (start) => start.origin && start.signIns.employee);
    return { origin, signIns, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function newDataFolder() {
  return mkdtemp(join(tmpdir(), "muster-e2e-"));
}

async function remove(running, dataFolder) {
  await end(running);
  await rm(dataFolder, { recursive: true, force: true });
}

function launch(dataFolder, listen, more = [], settings = {}) {
  const binary = process.env.MUSTER_BIN;
  if (!binary) throw new Error("set MUSTER_BIN to the hub's binary, for example ../target/debug/muster");
  const flags = ["serve", "--data-dir", dataFolder, "--listen", listen, "--agent-listen", "127.0.0.1:0", ...more];
  const env = { ...process.env, MUSTER__AUTH__LOGIN_ATTEMPTS_PER_MINUTE: SIGN_INS_PER_MINUTE, ...settings };
  return spawn(binary, flags, { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

/** Reads standard output until the ready line, and until `isEnough`: on a first start the set-up link is printed too. */
function readStart(child, isEnough) {
  const heard = [];
  const start = { signIns: {} };
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}\n${heard.slice(-40).join("\n")}`));
    const timer = setTimeout(() => fail(`not ready within ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    child.once("error", reject);
    child.once("exit", (code, signal) => fail(`the hub ended with ${code ?? signal}`));
    createInterface({ input: child.stderr }).on("line", (line) => heard.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      heard.push(line);
      start.origin ??= /^muster: ready portal=(\S+)/.exec(line)?.[1]?.replace(/\/$/, "");
      start.setupLink ??= /\S+\/setup#token=\S+/.exec(line)?.[0];
      const signIn = /^muster: +(admin|manager|employee) +(\S+) +password (\S+)/.exec(line);
      if (signIn) start.signIns[signIn[1]] = { email: signIn[2], password: signIn[3] };
      if (!isEnough(start)) return;
      clearTimeout(timer);
      resolve(start);
    });
  });
}
