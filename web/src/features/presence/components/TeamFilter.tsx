import { useId } from "react";
import type { Team, TeamId } from "@/api/types";
import styles from "./TeamFilter.module.css";

interface TeamFilterProps {
  teams: readonly Team[];
  team: TeamId | undefined;
  onChoose: (team: TeamId | undefined) => void;
}

/** Everybody, or one team. Nothing where there are no teams. */
export function TeamFilter({ teams, team, onChoose }: TeamFilterProps) {
  const id = useId();
  if (teams.length === 0) return null;
  return (
    <label htmlFor={id} className={styles.filter}>
      <span className={styles.word}>Team</span>
      <select
        id={id}
        className={styles.select}
        value={team ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
      >
        <option value="">All teams</option>
        {teams.map(({ id: teamId, name }) => (
          <option key={teamId} value={teamId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
