import type { MessageOf, PortalDown } from "@/api/types";

type PortalEvent = MessageOf<PortalDown, "event">;

/** Many connections broke at once. */
export interface MassDrop {
  lost: number;
  atMs: number;
}

/** What an event says of a mass drop; `undefined` if it is about something else. */
export function massDropOf(event: PortalEvent): MassDrop | undefined {
  return event.kind === "mass_drop" ? { lost: event.lost, atMs: event.at } : undefined;
}
