import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Surface } from "@/lib/frames/surface";
import { sharedClock } from "@/lib/time/sharedClock";
import { useLive } from "../hooks/liveContext";
import { formatAge, formatCapturedAt, STALE_AFTER_MS } from "../model/frameAge";
import styles from "./FrameTimes.module.css";

/** How old the picture is; turns amber when it is not live any more. */
export function FrameAge({ surface }: { surface: Surface }) {
  const age = useRef<HTMLSpanElement>(null);
  useWriting(age, surface, (element) => {
    const ageMs = sharedClock.nowMs() - surface.capturedAtMs();
    writeText(element, formatAge(ageMs));
    const isStale = String(ageMs > STALE_AFTER_MS);
    if (element.dataset.stale !== isStale) element.dataset.stale = isStale;
  });
  return (
    <span className={styles.age} title="How old this picture is">
      <span className="visually-hidden">Picture of </span>
      <span ref={age} className={styles.number} />
      <span className="visually-hidden"> ago</span>
    </span>
  );
}

/** When the picture was captured, to the millisecond. */
export function CapturedAt({ surface }: { surface: Surface }) {
  const { timeZone } = useLive();
  const time = useRef<HTMLSpanElement>(null);
  useWriting(time, surface, (element) => writeText(element, formatCapturedAt(surface.capturedAtMs(), timeZone)));
  return <span ref={time} className={styles.time} title={`Captured at, ${timeZone}`} />;
}

/** Writes into an element four times a second and with each picture, past React: forty tiles render nothing for it. */
function useWriting(
  target: RefObject<HTMLElement | null>,
  surface: Surface,
  write: (element: HTMLElement) => void,
): void {
  const { ticker } = useLive();
  const latest = useRef(write);
  useLayoutEffect(() => {
    latest.current = write;
  });
  useLayoutEffect(() => {
    const writeNow = () => {
      if (target.current) latest.current(target.current);
    };
    writeNow();
    const stops = [ticker.subscribe(writeNow), surface.onPaint(writeNow)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [target, surface, ticker]);
}

function writeText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
