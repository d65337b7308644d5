import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { PageHeader } from "@/ui/PageHeader";
import styles from "./SettingsLayout.module.css";

const TABS = [
  { to: "/settings/organization", word: "Organization" },
  { to: "/settings/policy", word: "Policy" },
  { to: "/settings/notice", word: "Notice" },
  { to: "/settings/retention", word: "Retention" },
  { to: "/settings/devices", word: "Devices" },
  { to: "/settings/alerts", word: "Alerts" },
] as const;

/** `/settings/…`: what holds for the whole organization, one page for each part. */
export function SettingsLayout() {
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the tabs do not fit, the page's own comes into view
  useEffect(() => {
    tabs.current?.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <>
      <PageHeader title="Setup" lead="What holds for the whole organization. Every change is written into the audit." />
      <nav ref={tabs} className={styles.tabs} aria-label="Parts of the set-up">
        {TABS.map(({ to, word }) => (
          <Link key={to} to={to} className={styles.tab} activeOptions={{ includeSearch: false }}>
            {word}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
