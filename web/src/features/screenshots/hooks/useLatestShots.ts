import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { EmployeeId } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { latestShotsQuery } from "../api/screenshots";
import { SHOTS_MAX, type Shot, shotOfEvent, withArrived } from "../model/shots";

/** New pictures come in together, so that a strip of a large organization moves no more often than an eye can follow. */
const TOGETHER_MS = 1_000;

/** The latest screenshots, live; `undefined` until the hub has answered. `employee`: only that person's. */
export function useLatestShots(employee?: EmployeeId): readonly Shot[] | undefined {
  const socket = usePortalSocket();
  const queryClient = useQueryClient();
  useEffect(() => {
    const { queryKey } = latestShotsQuery(employee);
    let arrived: Shot[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      queryClient.setQueryData(queryKey, (shots: readonly Shot[] | undefined) => shots && withArrived(shots, arrived));
      arrived = [];
    };
    const stops = [
      socket.onMessage((message) => {
        if (message.type !== "event" || message.kind !== "screenshot_stored") return;
        if (employee !== undefined && message.employee !== employee) return;
        arrived = [...arrived, shotOfEvent(message)].slice(-SHOTS_MAX);
        timer ??= setTimeout(show, TOGETHER_MS);
      }),
      // What came while the socket was away was told to nobody.
      socket.onReady(() => void queryClient.invalidateQueries({ queryKey })),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [socket, queryClient, employee]);
  return useQuery(latestShotsQuery(employee)).data;
}
