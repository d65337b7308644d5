import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/lib/http/apiError";
import { useRetryWait } from "@/lib/http/useRetryWait";
import { PASSWORD_CHARS_MIN } from "@/lib/password/passwordHint";
import { localTimeZone } from "@/lib/time/timeZones";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PasswordField } from "@/ui/PasswordField";
import { StrengthHint } from "@/ui/StrengthHint";
import { TimeZoneField } from "@/ui/TimeZoneField";
import { setUp } from "../api/setup";

interface SetupFormProps {
  /** From the one-time link. */
  token: string;
  /** Called once the administrator is signed in. */
  onDone: () => Promise<void>;
}

/** The organization and its first administrator. */
export function SetupForm({ token, onDone }: SetupFormProps) {
  const [typed, setTyped] = useState({ organization: "", name: "", email: "", password: "" });
  const [timeZone, setTimeZone] = useState(localTimeZone);
  const attempt = useMutation({
    mutationFn: async () => {
      await setUp({ token, timeZone, ...typed, email: typed.email.trim() });
      await onDone();
    },
  });
  const waitSeconds = useRetryWait(attempt.error);
  const wrong = attempt.error instanceof ApiError ? attempt.error.fields : {};

  function bind(name: keyof typeof typed) {
    return {
      name,
      required: true,
      value: typed[name],
      onChange: (event: { target: HTMLInputElement }) => setTyped({ ...typed, [name]: event.target.value }),
      error: wrong[name],
    };
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!attempt.isPending) attempt.mutate();
  }

  return (
    <form className={stack.stack} onSubmit={onSubmit}>
      {attempt.error && <Notice tone="error">{wrong.token ?? attempt.error.message}</Notice>}
      <Field label="Organization" autoComplete="organization" maxLength={200} {...bind("organization")} />
      <TimeZoneField zone={timeZone} onChoose={setTimeZone} error={wrong.timeZone} />
      <Field label="Your name" autoComplete="name" maxLength={200} {...bind("name")} />
      <Field label="E-mail" type="email" autoComplete="username" maxLength={254} {...bind("email")} />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        minLength={PASSWORD_CHARS_MIN}
        hint={<StrengthHint password={typed.password} personal={[typed.name, typed.email, typed.organization]} />}
        {...bind("password")}
      />
      <Button look="primary" type="submit" disabled={attempt.isPending || waitSeconds > 0}>
        {attempt.isPending ? "Setting up…" : "Set up Muster"}
      </Button>
    </form>
  );
}
