import styles from "./StatusShape.module.css";

/** Everything that a status may look like. `unknown`: the connection is away, so nobody knows. */
export type StatusLook = "active" | "idle" | "meeting" | "class" | "break" | "offline" | "unknown";

/** The shape of a status: told apart without colour, in a 12 × 12 box. Always beside its word. */
export function StatusShape({ status, size = 10 }: { status: StatusLook; size?: number }) {
  return (
    <svg className={styles[status]} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      <Shape status={status} />
    </svg>
  );
}

function Shape({ status }: { status: StatusLook }) {
  switch (status) {
    case "active":
      return <circle cx="6" cy="6" r="6" fill="currentColor" />;
    case "idle":
      return (
        <>
          <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M6 1a5 5 0 0 0 0 10z" fill="currentColor" />
        </>
      );
    case "meeting":
    case "class":
      return <rect x="1" y="1" width="10" height="10" rx="1.5" fill="currentColor" />;
    case "break":
      return <path d="M1.5 1h3v10h-3zM7.5 1h3v10h-3z" fill="currentColor" />;
    case "offline":
      return <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="2" />;
    case "unknown":
      return (
        <>
          <circle cx="6" cy="6" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M1.8 7.2 7.2 1.8M2.6 9.9 9.9 2.6M4.8 10.2 10.2 4.8" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
  }
}
