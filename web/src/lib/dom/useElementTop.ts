import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How far below the top of the page an element of it stands, in pixels. Measured when the page has changed its height, after
 * the browser has laid it out: asking in between costs a layout of its own.
 */
export function useElementTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(element.current?.offsetTop ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
