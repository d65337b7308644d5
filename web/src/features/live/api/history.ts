import { queryOptions } from "@tanstack/react-query";
import type { LiveHistory, Moment, TrackRef } from "@/api/types";
import { request } from "@/lib/http/request";

const REFRESH_EVERY_MS = 3_000;
/** The hub shows nothing to who does not watch, and the watch has only just begun: asked sooner while nothing came. */
const FIRST_EVERY_MS = 1_000;

function historyPath({ employee, track }: TrackRef): string {
  return `/api/live/${encodeURIComponent(employee)}/${track}/history`;
}

/** The last moments of a track, the newest last; asked for again every few seconds while somebody looks. */
export const historyQuery = (ref: TrackRef) =>
  queryOptions({
    queryKey: ["live", "history", ref.employee, ref.track],
    queryFn: async ({ signal }): Promise<Moment[]> => {
      const { items } = await request<LiveHistory>("GET", historyPath(ref), { signal });
      return items;
    },
    refetchInterval: ({ state }) => (state.data?.length ? REFRESH_EVERY_MS : FIRST_EVERY_MS),
    gcTime: 0,
  });

/** The address of a moment's picture, or of its small version. */
export function momentUrl(ref: TrackRef, id: Moment["id"], size: "thumbnail" | "full"): string {
  const path = `${historyPath(ref)}/${id}`;
  return size === "thumbnail" ? `${path}?width=160` : path;
}
