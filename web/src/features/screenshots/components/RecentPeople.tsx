import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { EmployeeId } from "@/api/types";
import { useElementWidth } from "@/lib/dom/useElementWidth";
import { usePrinting } from "@/lib/dom/usePrinting";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { RECENT_EACH, recentQuery } from "../api/screenshots";
import { useShotEvents } from "../hooks/useShotEvents";
import { groupsWithArrived, groupsWithoutDeleted, type RecentGroup } from "../model/recentGroups";
import type { Shot } from "../model/shots";
import styles from "./RecentPeople.module.css";
import { ShotCard } from "./ShotCard";
import { ShotDialog } from "./ShotDialog";

const GROUP_PX = 250;

interface RecentPeopleProps {
  timeZone: string;
  nameOf: (employee: EmployeeId) => string;
  /** Whether somebody is in the team and text that are chosen; absent where nothing is chosen. */
  isSought: ((employee: EmployeeId) => boolean) | undefined;
  /** Somebody's name, status and hours. */
  headOf: (employee: EmployeeId, name: string) => ReactNode;
  /** The way to all pictures of somebody. */
  moreOf: (employee: EmployeeId) => ReactNode;
  /** What stands there where nobody matches. */
  unmatched: ReactNode;
  /** What stands there where nothing is yet. */
  nothing: ReactNode;
}

/** Everybody who has pictures, each with their latest few, live. */
export function RecentPeople({ isSought, unmatched, nothing, nameOf, ...rest }: RecentPeopleProps) {
  const queryClient = useQueryClient();
  const query = useQuery(recentQuery);
  const change = (next: (groups: readonly RecentGroup[]) => readonly RecentGroup[]) =>
    queryClient.setQueryData(
      recentQuery.queryKey,
      (groups: readonly RecentGroup[] | undefined) => groups && next(groups),
    );
  useShotEvents({
    onArrived: (arrived) => change((groups) => groupsWithArrived(groups, arrived, RECENT_EACH, nameOf)),
    onDeleted: (id) => change((groups) => groupsWithoutDeleted(groups, id)),
    onMissed: () => void queryClient.invalidateQueries({ queryKey: recentQuery.queryKey }),
  });
  const groups = query.data;
  if (!groups && query.error) {
    return (
      <Notice tone="error" action={<Button onClick={() => void query.refetch()}>Try again</Button>}>
        {query.error.message}
      </Notice>
    );
  }
  if (!groups) return <Skeleton />;
  if (groups.length === 0) return nothing;
  const shown = isSought ? groups.filter(({ employee }) => isSought(employee)) : groups;
  return shown.length === 0 ? unmatched : <Groups groups={shown} {...rest} />;
}

interface GroupsProps extends Pick<RecentPeopleProps, "timeZone" | "headOf" | "moreOf"> {
  groups: readonly RecentGroup[];
}

function Groups({ groups, timeZone, headOf, moreOf }: GroupsProps) {
  const list = useRef<HTMLOListElement>(null);
  const width = useElementWidth(list);
  const [open, setOpen] = useState<Shot>();
  const [scrollMargin, setScrollMargin] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above wraps differently at another width
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(top + window.scrollY);
  }, [width]);
  const virtualizer = useWindowVirtualizer({
    count: groups.length,
    estimateSize: () => GROUP_PX,
    getItemKey: (index) => groups[index]?.employee ?? index,
    overscan: 3,
    scrollMargin,
  });
  const isPrinting = usePrinting();
  const items = virtualizer.getVirtualItems();
  // What is not drawn keeps its room: above what is in sight, and below it.
  const room = isPrinting
    ? {}
    : {
        paddingTop: (items[0]?.start ?? scrollMargin) - scrollMargin,
        paddingBottom: virtualizer.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? scrollMargin),
      };
  const opened = groups.find(({ shots }) => shots.some(({ id }) => id === open?.id));
  return (
    <>
      <ol ref={list} className={styles.groups} style={room}>
        {(isPrinting ? groups : items.flatMap(({ index }) => groups[index] ?? [])).map((group, place) => (
          <li
            key={group.employee}
            ref={isPrinting ? undefined : virtualizer.measureElement}
            data-index={(items[0]?.index ?? 0) + place}
            className={styles.place}
          >
            <section className={styles.group} aria-label={group.name}>
              <div className={styles.head}>
                {headOf(group.employee, group.name)}
                <span className={styles.more}>{moreOf(group.employee)}</span>
              </div>
              <ul className={styles.shots}>
                {group.shots.map((shot) => (
                  <li key={shot.id}>
                    <ShotCard shot={shot} name={undefined} timeZone={timeZone} size="grid" onOpen={setOpen} />
                  </li>
                ))}
              </ul>
            </section>
          </li>
        ))}
      </ol>
      {open && opened && (
        <ShotDialog
          shot={open}
          shots={opened.shots}
          name={opened.name}
          timeZone={timeZone}
          onOpen={setOpen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

const PLACES = ["first", "second", "third"];

function Skeleton() {
  return (
    <div className={styles.skeleton} aria-hidden="true">
      {PLACES.map((key) => (
        <div key={key} className={styles.waiting} />
      ))}
    </div>
  );
}
