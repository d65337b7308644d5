import type { AlertRules } from "@/api/types";

type Fields = Pick<FormData, "get" | "has">;

/** Reads the form of `AlertSettingsForm`. */
export function settingsOfForm(form: Fields, version: number): AlertRules {
  const number = (name: string) => Number(form.get(name));
  const minimumVersion = String(form.get("agentOutdated.minimumVersion") ?? "").trim();
  return {
    version,
    notLoggedIn: { enabled: form.has("notLoggedIn"), afterMinutes: number("notLoggedIn.afterMinutes") },
    idleTooLong: { enabled: form.has("idleTooLong"), afterMinutes: number("idleTooLong.afterMinutes") },
    captureFailing: {
      enabled: form.has("captureFailing"),
      failures: number("captureFailing.failures"),
      withinMinutes: number("captureFailing.withinMinutes"),
    },
    agentOutdated: { enabled: form.has("agentOutdated"), minimumVersion: minimumVersion || null },
  };
}
