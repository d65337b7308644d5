import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, KeyRound, UserRoundCheck, UserRoundPen, UserRoundX } from "lucide-react";
import { useState } from "react";
import type { Employee } from "@/api/types";
import { Menu, MenuItem } from "@/ui/Menu";
import { CloseAccountDialog } from "./CloseAccountDialog";
import { InviteDialog } from "./InviteDialog";
import { ReopenDialog } from "./ReopenDialog";

type Opened = "invite" | "close" | "reopen";

/** What can be done with one person, from their row. */
export function PersonMenu({ person }: { person: Employee }) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  return (
    <>
      <Menu label={`Actions for ${person.name}`} face={<Ellipsis size={16} aria-hidden />}>
        <MenuItem
          icon={<UserRoundPen size={16} aria-hidden />}
          onSelect={() => void navigate({ to: "/people/$id", params: { id: person.employeeId } })}
        >
          Open
        </MenuItem>
        {person.active && (
          <MenuItem icon={<KeyRound size={16} aria-hidden />} onSelect={() => setOpened("invite")}>
            Invite link
          </MenuItem>
        )}
        {person.active ? (
          <MenuItem icon={<UserRoundX size={16} aria-hidden />} onSelect={() => setOpened("close")}>
            Close account
          </MenuItem>
        ) : (
          <MenuItem icon={<UserRoundCheck size={16} aria-hidden />} onSelect={() => setOpened("reopen")}>
            Reopen account
          </MenuItem>
        )}
      </Menu>
      {opened === "invite" && <InviteDialog person={person} onClose={close} />}
      {opened === "close" && <CloseAccountDialog person={person} onClose={close} />}
      {opened === "reopen" && <ReopenDialog person={person} onClose={close} />}
    </>
  );
}
