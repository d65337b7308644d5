import type { Invite } from "@/api/types";
import { sharedClock } from "@/lib/time/sharedClock";
import { CopyField } from "@/ui/CopyField";
import { QrCode } from "@/ui/QrCode";
import styles from "./InviteLink.module.css";

const DAY_MS = 86_400_000;

/** The link itself: to copy, or to scan with a phone. It is not shown again. */
export function InviteLink({ invite, name }: { invite: Invite; name: string }) {
  const days = Math.max(1, Math.round((invite.expiresAt - sharedClock.nowMs()) / DAY_MS));
  return (
    <div className={styles.invite}>
      <CopyField
        label="Invite link"
        text={invite.link}
        hint={`Send it to ${name} yourself. It works once, for ${days} ${days === 1 ? "day" : "days"}, and is not shown again.`}
      />
      <QrCode text={invite.link} label={`The invite link of ${name} as a QR code`} />
    </div>
  );
}
