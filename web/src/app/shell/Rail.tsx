import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useState } from "react";
import type { Role } from "@/api/types";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Wordmark } from "@/ui/Wordmark";
import { navigationFor } from "./navigation";
import styles from "./Rail.module.css";
import { RailLinks } from "./RailLinks";

const KEY = "muster.rail";

/** The pages, at the left of a wide screen: icon and word, or the icons alone. A narrow one has the drawer. */
export function Rail({ role }: { role: Role }) {
  const [isCollapsed, setCollapsed] = useState(() => localStorage.getItem(KEY) === "collapsed");
  const Icon = isCollapsed ? PanelLeftOpen : PanelLeftClose;
  function toggle(): void {
    localStorage.setItem(KEY, isCollapsed ? "open" : "collapsed");
    setCollapsed(!isCollapsed);
  }
  return (
    <nav className={cx(styles.rail, isCollapsed && styles.collapsed)} aria-label="Pages">
      <div className={styles.brand}>
        <Wordmark />
      </div>
      <RailLinks items={navigationFor(role)} isCollapsed={isCollapsed} />
      <Button
        look="bare"
        className={styles.toggle}
        aria-expanded={!isCollapsed}
        aria-label="Show page names"
        title={isCollapsed ? "Show page names" : "Hide page names"}
        onClick={toggle}
      >
        <Icon size={16} aria-hidden />
      </Button>
    </nav>
  );
}
