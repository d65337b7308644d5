import { queryOptions } from "@tanstack/react-query";
import type { NewPolicyLayer, PolicyLayer, PolicyLayers, PolicyScope, PolicyView } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request } from "@/lib/http/request";
import { scopeKey } from "../model/inheritance";

export const POLICY_KEY = ["policy"];

/** What holds for a scope, and which layers made it. */
export function policyQuery(scope: PolicyScope) {
  const whose = "team" in scope ? { team: scope.team } : "employee" in scope ? { employee: scope.employee } : {};
  return queryOptions({
    queryKey: [...POLICY_KEY, scopeKey(scope)],
    queryFn: ({ signal }) => request<PolicyView>("GET", `/api/policy${queryString(whose)}`, { signal }),
  });
}

/** Every layer that decides something, the latest changed first: where an exception was made. */
export const policyLayersQuery = queryOptions({
  queryKey: [...POLICY_KEY, "layers"],
  queryFn: async ({ signal }) => (await request<PolicyLayers>("GET", "/api/policy/layers", { signal })).items,
});

/** Stores a layer, unless somebody stored another one since `expectedVersion` was read (409). Agents are told at once. */
export function putPolicy(layer: NewPolicyLayer): Promise<PolicyLayer> {
  return request<PolicyLayer>("PUT", "/api/policy", { body: layer });
}
