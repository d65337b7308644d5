import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Team } from "@/api/types";
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
  const onSearch = (next: PolicySearch) => void navigate({ search: next, resetScroll: false });
  const nameOf = useCallback((employee: string) => store.entry(employee)?.name ?? employee, [store]);
  return (
    <PolicySettings
      scope={scopeOf(search)}
      title={`Policy of ${whoseWords(search, teams, nameOf) ?? organization.name}`}
      nameOf={nameOf}
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
  );
}

function whoseWords(
  { team, employee }: PolicySearch,
  teams: readonly Team[],
  nameOf: (employee: string) => string,
): string | undefined {
  if (employee !== undefined) return nameOf(employee);
  return team === undefined ? undefined : (teams.find(({ id }) => id === team)?.name ?? "a team");
}
