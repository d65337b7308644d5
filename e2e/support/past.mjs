import { spawn } from "node:child_process";
import { ADMIN } from "./rest.mjs";

/** While it runs, the hub needs a sixth of the events if a person may be silent for so long. */
export const PAST_SETTINGS = { MUSTER__PRESENCE__OFFLINE_AFTER: "30m" };

/**
 * @typedef {object} Past What the generator says that it told the hub.
 * @property {number} people with a past; the administrator is one more
 * @property {number} teams
 * @property {number} acknowledged how many of them have acknowledged the notice
 * @property {number} corrections
 * @property {number} screenshots
 * @property {Record<"manager" | "employee", { email: string, password: string }>} signIns the first manager, and somebody of their team
 */

/**
 * Runs the generator named by MUSTER_LOADTEST_BIN against a hub that is set up.
 * @param {string} origin
 * @param {Record<string, number | string>} options of `muster-loadtest seed`, such as `{ employees: 60, days: 90 }`
 * @returns {Promise<Past>}
 */
export async function giveAPast(origin, options) {
  const binary = process.env.MUSTER_LOADTEST_BIN;
  if (!binary) throw new Error("set MUSTER_LOADTEST_BIN to the generator, for example ../target/debug/muster-loadtest");
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const asAdmin = ["--portal", origin, "--email", ADMIN.email, "--password-stdin"];
  const child = spawn(binary, ["seed", ...asAdmin, ...flags], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(`${ADMIN.password}\n`);
  const [report, trouble] = [[], []];
  child.stdout.on("data", (part) => report.push(part));
  child.stderr.on("data", (part) => trouble.push(part));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0)
    throw new Error(`the generator ended with ${code}\n${Buffer.concat(trouble).toString().slice(-2000)}`);
  return readReport(Buffer.concat(report).toString());
}

function readReport(report) {
  const figure = (name) => {
    const number = new RegExp(`^${name} +(\\d+)`, "m").exec(report)?.[1];
    if (number === undefined) throw new Error(`the generator's report has no ${name}:\n${report}`);
    return Number(number);
  };
  const password = /^sign-ins .*: (\S+)$/m.exec(report)?.[1];
  const signIn = (role) => ({ email: new RegExp(`^ +${role} +(\\S+)`, "m").exec(report)?.[1], password });
  return {
    people: figure("people"),
    teams: figure("teams"),
    acknowledged: figure("notice acknowledged"),
    corrections: figure("corrections"),
    screenshots: figure("screenshots"),
    signIns: { manager: signIn("manager"), employee: signIn("employee") },
  };
}
