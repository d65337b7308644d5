import type { EnrolmentCode } from "@/api/types";
import { sharedClock } from "@/lib/time/sharedClock";
import { CopyField } from "@/ui/CopyField";
import { QrCode } from "@/ui/QrCode";
import styles from "./EnrolmentCodeCard.module.css";

const HOUR_MS = 3_600_000;

interface EnrolmentCodeCardProps {
  code: EnrolmentCode;
  /** Where the hub is, as the agent has to be told. */
  origin: string;
}

/** What an agent asks for at its first start: the hub's address and a code. The QR code opens the set-up steps with both. */
export function EnrolmentCodeCard({ code, origin }: EnrolmentCodeCardProps) {
  const hours = Math.max(1, Math.round((code.expiresAt - sharedClock.nowMs()) / HOUR_MS));
  return (
    <div className={styles.code}>
      <div className={styles.fields}>
        <CopyField label="Hub address" text={origin} />
        <CopyField
          label="Enrolment code"
          text={code.code}
          size="large"
          hint={`Good once, for ${hours} ${hours === 1 ? "hour" : "hours"}. It is not shown again.`}
        />
      </div>
      <QrCode
        text={`${origin}/downloads#code=${encodeURIComponent(code.code)}`}
        label="The set-up steps with this code, as a QR code"
      />
    </div>
  );
}
