import { Outlet } from "@tanstack/react-router";
import { NoticeBanner } from "@/features/notice/components/NoticeBanner";
import { PresenceProvider } from "@/features/presence/components/PresenceProvider";
import { WatcherProvider } from "@/features/viewings/components/WatcherProvider";
import { useMe } from "../useMe";
import { FollowChanges } from "./FollowChanges";
import styles from "./Frame.module.css";
import { LiveProvider } from "./LiveProvider";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";

/** What stands around every page of somebody who is signed in, and the connection that feeds them. */
export function Frame() {
  const me = useMe();
  return (
    <LiveProvider key={me.employeeId}>
      <PresenceProvider scope={me.role === "employee" ? "own" : "all"} timeZone={me.organization.timeZone}>
        <WatcherProvider>
          <FollowChanges />
          <a href="#page" className={styles.skip}>
            Skip to the page
          </a>
          <div className={styles.frame}>
            <Rail role={me.role} />
            <div className={styles.column}>
              <TopBar />
              <main id="page" className={styles.page} tabIndex={-1}>
                <NoticeBanner />
                <Outlet />
              </main>
            </div>
          </div>
        </WatcherProvider>
      </PresenceProvider>
    </LiveProvider>
  );
}
