import { getRouteApi } from "@tanstack/react-router";
import type { Me } from "@/api/types";

const frame = getRouteApi("/frame");

/** Who is signed in. For what stands inside the frame. */
export function useMe(): Me {
  return frame.useRouteContext({ select: (context) => context.me });
}
