import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { intervalsQuery, withInterval } from "../api/captureInterval";
import { HOURS_KEY } from "../api/hours";

/** However often people come and go, hours are asked for again at most this often; those of a large organization more rarely. */
const TOGETHER_MS_MIN = 3_000;
const TOGETHER_MS_PER_PERSON = 15;

/** Hours that are shown follow what people do: whoever punches in, takes a break or leaves is seen without a reload. */
export function useHoursEvents(people: number): void {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  const togetherMs = Math.max(TOGETHER_MS_MIN, people * TOGETHER_MS_PER_PERSON);
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
        if (message.type === "event" && message.kind === "hours_changed") soon();
        if (message.type === "event" && message.kind === "policy_changed") {
          void queryClient.invalidateQueries({ queryKey: intervalsQuery.queryKey });
        }
        if (message.type !== "event" || message.kind !== "interval_assigned") return;
        const { employee, minutes } = message;
        queryClient.setQueryData(intervalsQuery.queryKey, (known) => withInterval(known, employee, minutes));
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
