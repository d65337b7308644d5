import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { Moment, TrackRef } from "@/api/types";
import { historyQuery, momentUrl } from "../api/history";
import { useLive } from "../hooks/liveContext";
import { formatCapturedAt } from "../model/frameAge";
import styles from "./HistoryStrip.module.css";

/** From the newest one by so many pixels one still counts as being at the end. */
const AT_END_PX = 40;

interface HistoryStripProps {
  track: TrackRef;
  name: string;
  /** The moment that is shown in place of the live picture. */
  chosen: Moment["id"] | undefined;
  onChoose: (item: Moment) => void;
}

/** The last minute or so as small pictures, the newest at the right, growing there while one looks. */
export function HistoryStrip({ track, name, chosen, onChoose }: HistoryStripProps) {
  const { timeZone } = useLive();
  const { data: items = [], isError } = useQuery(historyQuery(track));
  const strip = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [activeId, setActiveId] = useState<Moment["id"]>();
  const newest = items.at(-1)?.id;
  const tabbable = items.some(({ id }) => id === activeId) ? activeId : newest;

  // Follows the newest picture, unless the person has gone back to look at an older one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest picture is what makes the strip longer
  useLayoutEffect(() => {
    const element = strip.current;
    if (element && isAtEnd.current) element.scrollLeft = element.scrollWidth;
  }, [newest]);

  function onScroll(): void {
    const element = strip.current;
    if (element) isAtEnd.current = element.scrollWidth - element.clientWidth - element.scrollLeft < AT_END_PX;
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[Math.min(Math.max(0, next), buttons.length - 1)]?.focus();
  }

  return (
    <section className={styles.history} aria-label={`The last moments of ${name}`}>
      {items.length === 0 ? (
        <p className={styles.empty}>
          {isError ? "The last moments cannot be loaded." : "The last moments appear here while you watch."}
        </p>
      ) : (
        <div
          ref={strip}
          role="toolbar"
          aria-label="Moments, the newest last"
          className={styles.strip}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              tabIndex={item.id === tabbable ? 0 : -1}
              className={styles.moment}
              aria-pressed={item.id === chosen}
              onFocus={() => setActiveId(item.id)}
              onClick={() => onChoose(item)}
            >
              <img
                className={styles.thumbnail}
                src={momentUrl(track, item.id, "thumbnail")}
                width={item.width}
                height={item.height}
                loading="lazy"
                decoding="async"
                alt=""
              />
              <span className={styles.time}>{formatCapturedAt(item.at, timeZone).slice(0, 8)}</span>
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
