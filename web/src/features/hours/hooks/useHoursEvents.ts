import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { CaptureInterval } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { captureIntervalQuery } from "../api/captureInterval";
import { HOURS_KEY } from "../api/hours";

/** However often people come and go, hours are asked for again at most this often; those of a large organization more rarely. */
const TOGETHER_MS = 3_000;
const TOGETHER_OF_MANY_MS = 15_000;
const MANY_PEOPLE = 200;

/** Hours that are shown follow what people do: whoever punches in, takes a break or leaves is seen without a reload. */
export function useHoursEvents(people: number): void {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  const togetherMs = people > MANY_PEOPLE ? TOGETHER_OF_MANY_MS : TOGETHER_MS;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      void queryClient.invalidateQueries({ queryKey: HOURS_KEY });
    };
    const soon = () => {
      timer ??= setTimeout(refresh, togetherMs);
    };
    const stops = [
      socket.onMessage((message) => {
        if (message.type === "presence_diff" && message.changed.length > 0) soon();
        if (message.type === "event" && (message.kind as string) === "hours_changed") soon();
        if (message.type !== "event" || message.kind !== "interval_assigned") return;
        const { queryKey } = captureIntervalQuery(message.employee);
        queryClient.setQueryData(
          queryKey,
          (known: CaptureInterval | undefined) => known && { ...known, intervalMinutes: message.minutes },
        );
      }),
      // What happened while the socket was away was told to nobody.
      socket.onReady(soon),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [socket, queryClient, togetherMs]);
}
