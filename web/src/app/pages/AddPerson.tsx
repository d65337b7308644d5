import { useQuery } from "@tanstack/react-query";
import { AddPersonDialog } from "@/features/people/components/AddPersonDialog";
import { teamsQuery } from "@/features/presence/api/teams";
import { useMe } from "../useMe";

/** The dialog that adds a person, with the teams that there are. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const { role } = useMe();
  const teams = useQuery(teamsQuery).data ?? [];
  return <AddPersonDialog teams={teams} canGrant={role === "admin"} onClose={onClose} />;
}
