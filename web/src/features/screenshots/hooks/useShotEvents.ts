import { useEffect, useEffectEvent } from "react";
import type { ScreenshotId } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { SHOTS_MAX, type Shot, shotOfEvent } from "../model/shots";

/** New pictures come in together, so that a page of a large organization moves no more often than an eye can follow. */
const TOGETHER_MS = 1_000;

interface ShotListener {
  /** Pictures were stored, in the order of their coming. */
  onArrived: (shots: readonly Shot[]) => void;
  onDeleted: (id: ScreenshotId) => void;
  /** The socket was away: what came meanwhile was told to nobody. */
  onMissed: () => void;
}

/** Hears of screenshots that come and go while one looks. */
export function useShotEvents(listener: ShotListener): void {
  const socket = usePortalSocket();
  const onArrived = useEffectEvent(listener.onArrived);
  const onDeleted = useEffectEvent(listener.onDeleted);
  const onMissed = useEffectEvent(listener.onMissed);
  useEffect(() => {
    let arrived: Shot[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      onArrived(arrived);
      arrived = [];
    };
    const stops = [
      socket.onMessage((message) => {
        if (message.type !== "event") return;
        const deleted = deletedOf(message);
        if (deleted !== undefined) {
          arrived = arrived.filter(({ id }) => id !== deleted);
          onDeleted(deleted);
        } else if (message.kind === "screenshot_stored") {
          arrived = [...arrived, shotOfEvent(message)].slice(-SHOTS_MAX);
          timer ??= setTimeout(show, TOGETHER_MS);
        }
      }),
      socket.onReady(() => onMissed()),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [socket]);
}

function deletedOf(message: { kind: string; id?: ScreenshotId }): ScreenshotId | undefined {
  return message.kind === "screenshot_deleted" ? message.id : undefined;
}
