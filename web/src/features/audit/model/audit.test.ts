import { expect, it } from "vitest";
import { isFiltered, parseAuditSearch } from "./auditSearch";
import { actionWord, detailLine, detailValue } from "./auditWords";

it.each([
  [{}, {}],
  [{ actor: 7, subject: "INT 1", action: "DROP" }, { actor: "7" }],
  [
    { action: "policy_changed", from: "2026-11-01", to: "2026-13-01" },
    { action: "policy_changed", from: "2026-11-01" },
  ],
  [{ show: "deletions" }, { show: "deletions" }],
])("%j", (search, parsed) => expect(parseAuditSearch(search)).toEqual(parsed));

it("knows whether anything is narrowed; which list is shown does not count", () => {
  expect(isFiltered({ show: "deletions" })).toBe(false);
  expect(isFiltered({ to: "2026-11-01" })).toBe(true);
});

it("says what was done, also what it has never heard of", () => {
  expect(actionWord("employee_deactivated")).toBe("Closed an account");
  expect(actionWord("class_was_moved")).toBe("Class was moved");
});

const AT = Date.parse("2026-11-28T09:23:43Z");
const line = (details: Record<string, string>) => detailLine({ at: AT, details }, "Europe/Berlin");

it("says the details on one line", () => {
  expect(line({ role: "manager", managed_teams: "a b" })).toBe("Role: manager, Managed teams: a b");
  const device = { device: "01a220d0-b8bc-76e0-8ded-7a92f22def24", name: "Desktop" };
  expect(line(device)).toBe("Name: Desktop");
  const correction = { from: "1795592933067", to: "1795594587407" };
  expect(line(correction)).toBe("From: 25 Nov, 08:48:53, To: 25 Nov, 09:16:27");
});

it.each([
  ["plain", "plain"],
  ['{"captureIntervalMinutes":5,"blur":null,"liveView":false}', "capture interval minutes 5, live view false"],
  ['{"blur":null}', "nothing"],
  ['["watch_screen","correct_time"]', "watch screen, correct time"],
  ["[]", "none"],
  ["{broken", "{broken"],
])("%s reads %s", (value, words) => expect(detailValue(value, AT, "Europe/Berlin")).toBe(words));
