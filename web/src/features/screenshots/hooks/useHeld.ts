import { useCallback, useEffect, useRef, useState } from "react";

/** After this long without a movement nobody is about to click. */
const RESTING_MS = 3_000;

interface Held<Value> {
  /** What stood there when the pointer came, or the newest. */
  value: Value;
  onPointerMove: () => void;
  onPointerLeave: () => void;
}

/** Keeps what somebody points at in its place while the pointer moves over it, so that a click hits what was aimed at. */
export function useHeld<Value>(newest: Value): Held<Value> {
  const [held, setHeld] = useState<{ value: Value }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setHeld(undefined);
  }, []);
  const hold = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, RESTING_MS);
    setHeld((before) => before ?? { value: newest });
  }, [newest, release]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { value: held ? held.value : newest, onPointerMove: hold, onPointerLeave: release };
}
