import { Link } from "@tanstack/react-router";
import { AlertBell } from "@/features/alerts/components/AlertBell";
import { WatcherPill } from "@/features/viewings/components/WatcherPill";
import { useMe } from "../useMe";
import { AccountMenu } from "./AccountMenu";
import { ConnectionPill } from "./ConnectionPill";
import { Drawer } from "./Drawer";
import { PaletteButton } from "./PaletteButton";
import { PeopleSearch } from "./PeopleSearch";
import { ThemeMenu } from "./ThemeMenu";
import styles from "./TopBar.module.css";

/** Above every page: search, commands, whether what is shown is live, alerts, theme, account. */
export function TopBar() {
  const me = useMe();
  return (
    <header className={styles.bar}>
      <Drawer role={me.role} />
      {me.role !== "employee" && <PeopleSearch className={styles.search} />}
      <PaletteButton />
      <WatcherPill
        timeZone={me.organization.timeZone}
        className={styles.watchers}
        more={<Link to="/viewings">Who viewed me</Link>}
      />
      <div className={styles.right}>
        <ConnectionPill />
        <AlertBell
          self={me.employeeId}
          timeZone={me.organization.timeZone}
          more={<Link to="/alerts">All alerts</Link>}
        />
        <ThemeMenu />
        <AccountMenu me={me} />
      </div>
    </header>
  );
}
