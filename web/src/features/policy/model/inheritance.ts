import type { PolicyLayer, PolicyScope, PolicySettings } from "@/api/types";
import type { Versioned } from "@/lib/change/useVersionedDraft";
import { HUB_DEFAULTS, NOTHING_DECIDED, type SettingKey } from "./settings";

/** Where a value comes from. */
export type Source = "hub" | "organization" | "team" | "employee";

export const ORGANIZATION: PolicyScope = { organization: true };

export function sourceOf(scope: PolicyScope): Source {
  if ("team" in scope) return "team";
  return "employee" in scope ? "employee" : "organization";
}

/** One word per scope, to compare them and to name them in the cache. */
export function scopeKey(scope: PolicyScope): string {
  if ("team" in scope) return `team:${scope.team}`;
  return "employee" in scope ? `employee:${scope.employee}` : "organization";
}

/** What a scope itself decides; version 0 while it decides nothing, as the hub counts it. */
export function ownLayer(layers: readonly PolicyLayer[], scope: PolicyScope): Versioned<PolicySettings> {
  const own = layers.find((layer) => scopeKey(layer.scope) === scopeKey(scope));
  return { settings: { ...NOTHING_DECIDED, ...own?.settings }, version: own?.version ?? 0 };
}

/** What would hold for `key` if the scope itself decided nothing, and who decided it. */
export function inherited(
  layers: readonly PolicyLayer[],
  scope: PolicyScope,
  key: SettingKey,
): { value: PolicySettings[SettingKey]; source: Source } {
  const above = layers.filter((layer) => scopeKey(layer.scope) !== scopeKey(scope));
  const decider = above.findLast((layer) => layer.settings[key] != null);
  return decider
    ? { value: decider.settings[key], source: sourceOf(decider.scope) }
    : { value: HUB_DEFAULTS[key], source: "hub" };
}

/** What holds for `key`, and who decided it: the nearest layer that decides. */
export function holding(
  layers: readonly PolicyLayer[],
  scope: PolicyScope,
  key: SettingKey,
): { value: PolicySettings[SettingKey]; source: Source } {
  const own = ownLayer(layers, scope).settings[key];
  return own == null ? inherited(layers, scope, key) : { value: own, source: sourceOf(scope) };
}
