import { useSecond } from "@/lib/time/useSecond";
import type { ConnectionState, StopReason } from "@/lib/ws/connectionState";
import { useConnectionState, usePortalSocket } from "@/lib/ws/usePortalSocket";
import { Button } from "@/ui/Button";
import styles from "./ConnectionPill.module.css";
import { useSignInAgain } from "./useSignInAgain";

/** Whether what the page shows is live; if not, what happens next or what to do. Changes are read out, seconds are not. */
export function ConnectionPill() {
  const state = useConnectionState();
  const socket = usePortalSocket();
  const signInAgain = useSignInAgain();
  return (
    <div className={styles.pill} data-phase={state.phase}>
      <span className="visually-hidden" role="status">
        {announcement(state)}
      </span>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.word} aria-hidden="true">
        {state.phase === "waiting" ? <Countdown untilMs={state.untilMs} /> : shortWord(state)}
      </span>
      {state.phase === "waiting" && (
        <Button look="bare" className={styles.action} onClick={socket.retryNow}>
          Now
        </Button>
      )}
      {state.phase === "stopped" && isAboutSession(state.why) && (
        <Button look="bare" className={styles.action} onClick={() => void signInAgain()}>
          Sign in again
        </Button>
      )}
      {state.phase === "stopped" && !isAboutSession(state.why) && (
        <Button look="bare" className={styles.action} onClick={() => socket.start()}>
          Reconnect
        </Button>
      )}
    </div>
  );
}

function Countdown({ untilMs }: { untilMs: number }) {
  const nowMs = useSecond();
  const seconds = Math.max(1, Math.ceil((untilMs - nowMs) / 1000));
  return <span className="tabular">{`Reconnecting in ${seconds} s`}</span>;
}

function shortWord(state: ConnectionState): string {
  switch (state.phase) {
    case "connected":
      return "Live";
    case "stopped":
      return `Stopped: ${wordsFor(state.why)}`;
    default:
      return "Connecting…";
  }
}

function announcement(state: ConnectionState): string {
  switch (state.phase) {
    case "connected":
      return "Live: connected to the hub";
    case "waiting":
      return "Connection lost, reconnecting";
    case "stopped":
      return `Connection stopped: ${wordsFor(state.why)}`;
    default:
      return "Connecting";
  }
}

/** 0: over before the socket opened; 4500 unauthorized, 4501 expired, 4502 revoked. */
function isAboutSession({ code }: StopReason): boolean {
  return code === 0 || (code >= 4500 && code <= 4502);
}

function wordsFor(why: StopReason): string {
  switch (why.code) {
    case 0:
    case 4500:
    case 4501:
      return "your session is over";
    case 4502:
      return "your access has changed";
    case 4506:
      return "opened elsewhere";
    default:
      return why.reason;
  }
}
