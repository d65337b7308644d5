import {
  BellDot,
  CircleSlash,
  Coffee,
  EyeOff,
  Hourglass,
  type LucideIcon,
  MonitorOff,
  MonitorX,
  Pause,
  PowerOff,
  ServerCrash,
  ShieldX,
  TriangleAlert,
  Unplug,
} from "lucide-react";
import type { ReactNode } from "react";
import { Instant } from "@/ui/Instant";
import { useLive } from "../hooks/liveContext";
import { type BlankWhy, blankWords, type TileFace } from "../model/tileFace";
import { givenName } from "../model/wallPerson";
import styles from "./BlankFace.module.css";

const ICONS: Readonly<Record<BlankWhy, LucideIcon>> = {
  offline: PowerOff,
  not_working: MonitorOff,
  on_break: Coffee,
  paused: Pause,
  not_permitted: ShieldX,
  live_view_off: CircleSlash,
  notice_not_acknowledged: BellDot,
  capture_failed: TriangleAlert,
  no_such_track: MonitorX,
  overloaded: ServerCrash,
  stopped: EyeOff,
  no_agent: MonitorOff,
  waiting: Hourglass,
  lost: Unplug,
};

interface BlankFaceProps {
  face: Extract<TileFace, { kind: "blank" }>;
  name: string;
  /** `full`: the enlarged view has room for everything. */
  room?: "tile" | "full";
  /** One button. */
  action?: ReactNode;
}

/** What stands where no picture is: an icon, the reason in words, and since when. */
export function BlankFace({ face, name, room = "tile", action }: BlankFaceProps) {
  const { timeZone } = useLive();
  const Icon = ICONS[face.why];
  const { title, text } = blankWords(face.why, givenName(name), face.detail);
  return (
    <div className={styles.blank} data-room={room} data-why={face.why}>
      <Icon size={20} strokeWidth={1.75} aria-hidden className={styles.icon} />
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>
        <span className={styles.why}>{text}</span>
        {face.sinceMs !== undefined && (
          <span className={styles.since}>
            since <Instant atMs={face.sinceMs} timeZone={timeZone} />
          </span>
        )}
      </p>
      {action}
    </div>
  );
}
