import { useQuery } from "@tanstack/react-query";
import styles from "./QrCode.module.css";

/** Modules of quiet around a code (ISO/IEC 18004, 7.3). */
const QUIET_MODULES = 4;

/** A text as a QR code, drawn as one path. What makes it is loaded when the first one is shown. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = useQuery({
    queryKey: ["qr", text],
    queryFn: async () => {
      const { encode } = await import("uqr");
      return encode(text, { ecc: "M", border: QUIET_MODULES });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  }).data;
  return (
    <div className={styles.paper}>
      {code && (
        <svg role="img" aria-label={label} viewBox={`0 0 ${code.size} ${code.size}`} shapeRendering="crispEdges">
          <path d={pathOf(code.data)} fill="currentColor" />
        </svg>
      )}
    </div>
  );
}

function pathOf(modules: readonly (readonly boolean[])[]): string {
  const squares = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")));
  return squares.join("");
}
