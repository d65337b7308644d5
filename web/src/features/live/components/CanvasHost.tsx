import { type HTMLAttributes, useLayoutEffect, useRef } from "react";
import type { Surface } from "@/lib/frames/surface";

/** Gives a canvas its place on the page. React never draws it anew: it belongs to its track, and moves here with its picture. */
export function CanvasHost({ surface, ...rest }: { surface: Surface } & HTMLAttributes<HTMLDivElement>) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = host.current;
    place?.append(surface.canvas);
    return () => {
      // It may have moved on to another place already.
      if (surface.canvas.parentNode === place) surface.canvas.remove();
    };
  }, [surface]);
  return <div ref={host} {...rest} />;
}
