import { describe, expect, it } from "vitest";
import type { Alert, AlertKind } from "@/api/types";
import { ALERTS_MAX, stepAlerts } from "./alert";
import { alertAdvice, alertWords, groupAlerts } from "./alertWords";

let made = 0;
function alert(kind: AlertKind, name: string, more: Partial<Alert> = {}): Alert {
  made += 1;
  return { id: `alert-${made}`, kind, employee: name, name, since: made, until: null, detail: "", ...more };
}

describe("what the hub pushes", () => {
  const [older, newer] = [alert("idle_too_long", "Mia"), alert("capture_failing", "Noah")];

  it("puts a new one before the others, and one that is known in its place", () => {
    const alerts = stepAlerts(stepAlerts([], { type: "event", kind: "alert_raised", alert: older }), {
      type: "event",
      kind: "alert_raised",
      alert: newer,
    });
    expect(alerts).toEqual([newer, older]);
    const worse = { ...newer, detail: "the display is off" };
    expect(stepAlerts(alerts, { type: "event", kind: "alert_raised", alert: worse })).toEqual([worse, older]);
  });

  it("moves what is over behind what holds", () => {
    const event = { type: "event", kind: "alert_cleared", id: newer.id, employee: "Noah", until: 99 } as const;
    expect(stepAlerts([newer, older], event)).toEqual([older, { ...newer, until: 99 }]);
  });

  it("changes nothing for an end that is known or is of nothing known", () => {
    const alerts = [{ ...newer, until: 5 }, older];
    for (const id of [newer.id, "unknown"]) {
      expect(stepAlerts(alerts, { type: "event", kind: "alert_cleared", id, employee: "Noah", until: 99 })).toBe(
        alerts,
      );
    }
  });

  it("is bounded", () => {
    const raise = (alerts: readonly Alert[]) =>
      stepAlerts(alerts, { type: "event", kind: "alert_raised", alert: alert("not_logged_in", "Kofi") });
    let alerts: readonly Alert[] = [];
    for (let count = 0; count < ALERTS_MAX + 5; count += 1) alerts = raise(alerts);
    expect(alerts).toHaveLength(ALERTS_MAX);
  });
});

describe("words", () => {
  it("speak of somebody to their manager, and to the person themselves", () => {
    const failing = alert("capture_failing", "Mia Wong", { detail: "the display is off" });
    expect(alertWords(failing, "manager")).toBe("No picture can be taken of Mia Wong: the display is off.");
    expect(alertWords(failing, "oneself")).toBe("No picture can be taken of your screen: the display is off.");
    expect(alertAdvice("capture_failing", "oneself")).toContain("Your managers see this alert too");
  });

  it("say one thing of each kind that holds, the failing pictures first, and count whom they do not name", () => {
    const absent = ["Mia", "Noah", "Kofi", "Yuki", "Omar"].map((name) => alert("not_logged_in", name));
    const over = alert("agent_outdated", "Chen", { until: 5 });
    const groups = groupAlerts([...absent, over, alert("capture_failing", "Priya")], "manager");
    expect(groups.map(({ words }) => words)).toEqual([
      "No picture can be taken of Priya.",
      "Not signed in today: Mia, Noah, Kofi and 2 more.",
    ]);
  });

  it("name all four rather than count one", () => {
    const four = ["Mia", "Noah", "Kofi", "Yuki"].map((name) => alert("agent_outdated", name));
    expect(groupAlerts(four, "manager")[0]?.words).toBe("The agents of Mia, Noah, Kofi, and Yuki are outdated.");
  });
});
