import { useQuery } from "@tanstack/react-query";
import type { Team, TeamId } from "@/api/types";
import { teamsQuery } from "@/features/presence/api/teams";
import { TeamFilter } from "@/features/presence/components/TeamFilter";
import { SearchBox } from "@/ui/SearchBox";

const NO_TEAMS: readonly Team[] = [];

interface PeopleFiltersProps {
  search: { team?: TeamId; q?: string };
  onSearch: (change: { team?: TeamId; q?: string }) => void;
}

/** Which people a list shows: a team, and part of a name. */
export function PeopleFilters({ search, onSearch }: PeopleFiltersProps) {
  const teams = useQuery(teamsQuery).data ?? NO_TEAMS;
  return (
    <>
      <TeamFilter teams={teams} team={search.team} onChoose={(team) => onSearch({ team })} />
      <SearchBox
        label="Find a person"
        placeholder="Find a person"
        text={search.q ?? ""}
        onText={(q) => onSearch({ q: q === "" ? undefined : q })}
      />
    </>
  );
}
