/** As the hub keeps them. Everything but failing pictures is off until somebody wants it. */
export interface AlertSettings {
  /** Grows with every change; sent back with one, it keeps two people from overwriting each other. */
  version: number;
  notLoggedIn: { enabled: boolean; afterMinutes: number };
  idleTooLong: { enabled: boolean; afterMinutes: number };
  captureFailing: { enabled: boolean; failures: number; withinMinutes: number };
  /** Without a version of its own: older than the newest agent under Downloads. */
  agentOutdated: { enabled: boolean; minimumVersion: string | null };
}

type Fields = Pick<FormData, "get" | "has">;

/** Reads the form of `AlertSettingsForm`. */
export function settingsOfForm(form: Fields, version: number): AlertSettings {
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
