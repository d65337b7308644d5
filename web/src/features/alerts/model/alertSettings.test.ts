import { expect, it } from "vitest";
import { settingsOfForm } from "./alertSettings";

it("reads a form: what is not ticked is off, and an empty version is none", () => {
  const form = new FormData();
  form.set("captureFailing", "on");
  form.set("captureFailing.failures", "3");
  form.set("captureFailing.withinMinutes", "30");
  form.set("notLoggedIn.afterMinutes", "15");
  form.set("idleTooLong.afterMinutes", "45");
  form.set("agentOutdated.minimumVersion", " ");
  expect(settingsOfForm(form, 7)).toEqual({
    version: 7,
    notLoggedIn: { enabled: false, afterMinutes: 15 },
    idleTooLong: { enabled: false, afterMinutes: 45 },
    captureFailing: { enabled: true, failures: 3, withinMinutes: 30 },
    agentOutdated: { enabled: false, minimumVersion: null },
  });
});
