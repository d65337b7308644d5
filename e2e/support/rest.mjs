/** The hub's REST interface, as an old client or the desktop agent uses it: bearer tokens, no cookies. */

export const ADMIN = { name: "Ada Admin", email: "ada@example.org", password: "correct horse battery staple" };
export const ORGANIZATION = { organization: "Northwind", timeZone: "Europe/Berlin" };

/**
 * One call; throws with the hub's own words if it is refused.
 * @param {string} origin
 * @param {string} method
 * @param {string} path
 * @param {{ token?: string, body?: unknown }} [options]
 */
export async function call(origin, method, path, { token, body } = {}) {
  const response = await fetch(origin + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Makes the first administrator through the one-time link's token. */
export async function setUp({ origin, setupLink }) {
  const token = new URLSearchParams(new URL(setupLink).hash.slice(1)).get("token");
  await call(origin, "POST", "/api/setup", { body: { token, ...ORGANIZATION, ...ADMIN } });
}

/** @returns {Promise<string>} a bearer token */
export async function logIn(origin, { email, password }) {
  const { token } = await call(origin, "POST", "/api/auth/login", { body: { email, password } });
  return token;
}

export function logOut(origin, token) {
  return call(origin, "POST", "/api/auth/logout", { token });
}

/** Adds a person; gives what they sign in with. */
export async function addEmployee(origin, adminToken, { employeeId, name, role = "employee", ...more }) {
  const person = {
    employeeId,
    name,
    role,
    email: `${employeeId.toLowerCase()}@example.org`,
    password: `pass of ${employeeId} here`,
  };
  await call(origin, "POST", "/api/employees", { token: adminToken, body: { ...person, ...more } });
  return person;
}

/** @returns {Promise<string>} the new team's id */
export async function addTeam(origin, adminToken, name) {
  const { id } = await call(origin, "POST", "/api/teams", { token: adminToken, body: { name } });
  return id;
}

/** @returns {Promise<number>} the version of the notice that is in force now */
export async function publishNotice(origin, adminToken, text) {
  const { version } = await call(origin, "POST", "/api/notice", { token: adminToken, body: { text } });
  return version;
}

/**
 * Uploads a screenshot as the person's own agent would.
 * @param {Buffer} picture a JPEG
 */
export async function uploadScreenshot(origin, token, picture, takenAtMs) {
  const form = new FormData();
  form.set("screenshot", new Blob([picture], { type: "image/jpeg" }), "screen.jpg");
  form.set("ts", String(takenAtMs));
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${origin}/api/uploads/screenshot`, { method: "POST", headers, body: form });
  const text = await response.text();
  if (!response.ok) throw new Error(`the upload answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
