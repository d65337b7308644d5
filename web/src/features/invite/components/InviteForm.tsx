import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Invitation } from "@/api/types";
import { ApiError } from "@/lib/http/apiError";
import { useRetryWait } from "@/lib/http/useRetryWait";
import { PASSWORD_CHARS_MIN } from "@/lib/password/passwordHint";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PasswordField } from "@/ui/PasswordField";
import { StrengthHint } from "@/ui/StrengthHint";
import { acceptInvite } from "../api/invite";

interface InviteFormProps {
  token: string;
  invitation: Invitation;
  /** Called once the person is signed in. */
  onDone: () => Promise<void>;
}

/** The password that an invited person chooses. */
export function InviteForm({ token, invitation, onDone }: InviteFormProps) {
  const [password, setPassword] = useState("");
  const accepting = useMutation({
    mutationFn: async () => {
      await acceptInvite(token, password);
      await onDone();
    },
  });
  const waitSeconds = useRetryWait(accepting.error);
  const wrong = accepting.error instanceof ApiError ? accepting.error.fields.password : undefined;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!accepting.isPending && waitSeconds === 0) accepting.mutate();
  }

  return (
    <form className={stack.stack} onSubmit={onSubmit}>
      {accepting.error && !wrong && <Notice tone="error">{accepting.error.message}</Notice>}
      <Field
        label="E-mail"
        type="email"
        autoComplete="username"
        readOnly
        value={invitation.email}
        hint="You sign in with it."
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_CHARS_MIN}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        hint={
          <StrengthHint password={password} personal={[invitation.name, invitation.email, invitation.organization]} />
        }
        error={wrong}
      />
      <Button look="primary" type="submit" disabled={accepting.isPending || waitSeconds > 0}>
        {waitSeconds > 0
          ? `Try again in ${waitSeconds} s`
          : accepting.isPending
            ? "Signing in…"
            : "Set password and sign in"}
      </Button>
    </form>
  );
}
