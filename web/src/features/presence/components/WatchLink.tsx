import { useRouter } from "@tanstack/react-router";
import { MonitorPlay } from "lucide-react";
import type { MouseEvent } from "react";
import type { PresenceEntry } from "@/api/types";
import { trackKey } from "@/lib/frames/trackKey";
import { useCanWatch } from "../hooks/boardContext";
import styles from "./WatchLink.module.css";

/** Leads to somebody's first display on the live wall; nothing where there is none, or for whom may not watch. */
export function WatchLink({ entry }: { entry: PresenceEntry }) {
  const canWatch = useCanWatch();
  const [track] = entry.tracks ?? [];
  if (!canWatch || track === undefined) return null;
  return <LinkToWall name={entry.name} open={trackKey({ employee: entry.employee, track })} />;
}

/** No `Link`: each of those looks at every change of the address, and a board has forty while somebody types into its search. */
function LinkToWall({ name, open }: { name: string; open: string }) {
  const router = useRouter();
  const preload = () => void router.preloadRoute({ to: "/live" });
  function follow(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: "/live", search: { open } });
  }
  return (
    <a
      href={`/live?open=${encodeURIComponent(open)}`}
      className={styles.link}
      aria-label={`Watch ${name} live`}
      title={`Watch live. ${name} is shown that you do`}
      onClick={follow}
      onPointerEnter={preload}
      onFocus={preload}
    >
      <MonitorPlay size={16} aria-hidden />
      Watch
    </a>
  );
}
