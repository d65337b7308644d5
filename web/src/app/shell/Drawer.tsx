import { Menu as MenuIcon } from "lucide-react";
import { useId, useRef } from "react";
import type { Role } from "@/api/types";
import { Button } from "@/ui/Button";
import { Wordmark } from "@/ui/Wordmark";
import styles from "./Drawer.module.css";
import { navigationFor } from "./navigation";
import { RailLinks } from "./RailLinks";

/** The rail of a narrow screen: slides over the page. */
export function Drawer({ role }: { role: Role }) {
  const id = useId();
  const drawer = useRef<HTMLElement>(null);
  return (
    <>
      <Button look="bare" className={styles.button} popoverTarget={id} aria-label="Pages">
        <MenuIcon size={20} aria-hidden />
      </Button>
      <nav ref={drawer} id={id} popover="auto" className={styles.drawer} aria-label="Pages">
        <div className={styles.brand}>
          <Wordmark />
        </div>
        <RailLinks items={navigationFor(role)} isCollapsed={false} onFollow={() => drawer.current?.hidePopover()} />
      </nav>
    </>
  );
}
