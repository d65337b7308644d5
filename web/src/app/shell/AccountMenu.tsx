import { LogOut } from "lucide-react";
import type { Me, Role } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Menu, MenuItem } from "@/ui/Menu";
import styles from "./AccountMenu.module.css";
import { useSignOut } from "./useSignOut";

const ROLE_WORDS: Readonly<Record<Role, string>> = { employee: "Employee", manager: "Manager", admin: "Administrator" };

/** Who is signed in, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const leave = useSignOut();
  return (
    <Menu label={`Account of ${me.name}`} face={<Avatar name={me.name} size={28} />}>
      <div className={styles.who} role="presentation">
        <span className={styles.name}>{me.name}</span>
        <span className={styles.detail}>{me.email}</span>
        <span className={styles.detail}>{`${ROLE_WORDS[me.role]}, ${me.organization.name}`}</span>
      </div>
      <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
