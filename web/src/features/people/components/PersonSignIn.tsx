import { useState } from "react";
import type { Employee, SignIn } from "@/api/types";
import { formatDay } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Card, CardNote } from "@/ui/Card";
import { CloseAccountDialog } from "./CloseAccountDialog";
import { InviteDialog } from "./InviteDialog";
import styles from "./PersonSignIn.module.css";
import { ReopenDialog } from "./ReopenDialog";

const SIGN_IN_WORDS: Readonly<Record<SignIn, string>> = {
  password: "Has a password. If it is forgotten, an invite link lets the person choose another one.",
  invited: "Has no password yet; an invite link is out. A new one makes that one void.",
  none: "Has no password yet and cannot sign in. Send an invite link.",
};

interface PersonSignInProps {
  person: Employee;
  /** One's own account is not closed by oneself. */
  isSelf: boolean;
  timeZone: string;
}

/** How one person gets in, and the end of it. */
export function PersonSignIn({ person, isSelf, timeZone }: PersonSignInProps) {
  const [opened, setOpened] = useState<"invite" | "close" | "reopen">();
  const close = () => setOpened(undefined);
  return (
    <Card title="Account">
      <CardNote>
        {person.active
          ? `Open since ${formatDay(person.createdAt, timeZone)}. ${SIGN_IN_WORDS[person.signIn]}`
          : "Closed: the person cannot sign in, and nothing is recorded. What is recorded stays for as long as the retention says."}
      </CardNote>
      <div className={styles.buttons}>
        {person.active && <Button onClick={() => setOpened("invite")}>Invite link</Button>}
        {person.active && !isSelf && <Button onClick={() => setOpened("close")}>Close account</Button>}
        {!person.active && (
          <Button look="primary" onClick={() => setOpened("reopen")}>
            Reopen account
          </Button>
        )}
      </div>
      {opened === "invite" && <InviteDialog person={person} onClose={close} />}
      {opened === "close" && <CloseAccountDialog person={person} onClose={close} />}
      {opened === "reopen" && <ReopenDialog person={person} onClose={close} />}
    </Card>
  );
}
