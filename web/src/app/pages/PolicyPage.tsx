import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { PolicyScope, Team } from "@/api/types";
import { Exceptions } from "@/features/policy/components/Exceptions";
import { PolicySettings } from "@/features/policy/components/PolicySettings";
import { type PolicySearch, scopeOf } from "@/features/policy/model/policySearch";
import { teamsQuery } from "@/features/presence/api/teams";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { FilterSelect } from "@/ui/FilterBar";
import { useMe } from "../useMe";
import { PersonChoice } from "./PersonChoice";

const route = getRouteApi("/frame/settings/policy");
const NO_TEAMS: readonly Team[] = [];

/** `/settings/policy`: what is captured, for the organization, a team or a person. */
export function PolicyPage() {
  useDocumentTitle("Policy");
  const { organization } = useMe();
  const { store } = usePresence();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  const nameOf = useCallback(
    (scope: PolicyScope) => {
      if ("employee" in scope) return store.entry(scope.employee)?.name ?? scope.employee;
      if ("team" in scope) return teams.find(({ id }) => id === scope.team)?.name ?? "a team";
      return organization.name;
    },
    [store, teams, organization.name],
  );
  const onSearch = useCallback((next: PolicySearch) => void navigate({ search: next, resetScroll: false }), [navigate]);
  const onOpen = useCallback(
    (scope: PolicyScope) => void navigate({ search: "organization" in scope ? {} : scope }),
    [navigate],
  );
  const scope = scopeOf(search);
  return (
    <>
      <PolicySettings
        scope={scope}
        title={`Policy of ${nameOf(scope)}`}
        whose={
          <>
            <FilterSelect
              label="Organization or team"
              all={`Everybody at ${organization.name}`}
              options={teams.map(({ id, name }) => ({ id, word: `Team: ${name}` }))}
              chosen={search.team}
              onChoose={(team) => onSearch({ team })}
            />
            <PersonChoice
              label="One person"
              placeholder="Or one person"
              employee={search.employee}
              onChoose={(employee) => onSearch({ employee })}
            />
          </>
        }
      />
      <Exceptions timeZone={organization.timeZone} nameOf={nameOf} onOpen={onOpen} />
    </>
  );
}
