import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { ApiError } from "@/lib/http/apiError";
import { useRetryWait } from "@/lib/http/useRetryWait";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PasswordField } from "@/ui/PasswordField";
import { signIn } from "../api/session";

/** E-mail and password. `onSignedIn` is called once the cookies are there. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const attempt = useMutation({
    mutationFn: async (form: FormData) => {
      await signIn(String(form.get("email")).trim(), String(form.get("password")));
      await onSignedIn();
    },
  });
  const waitSeconds = useRetryWait(attempt.error);

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!attempt.isPending && waitSeconds === 0) attempt.mutate(new FormData(event.currentTarget));
  }

  return (
    <form className={stack.stack} onSubmit={onSubmit}>
      {attempt.error && <Notice tone="error">{explain(attempt.error)}</Notice>}
      <Field label="E-mail" name="email" type="email" autoComplete="username" required maxLength={254} />
      <PasswordField label="Password" name="password" autoComplete="current-password" required />
      <Button look="primary" type="submit" disabled={attempt.isPending || waitSeconds > 0}>
        {waitSeconds > 0 ? <WaitWord seconds={waitSeconds} /> : attempt.isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

function WaitWord({ seconds }: { seconds: number }) {
  return <span className="tabular">{`Try again in ${seconds} s`}</span>;
}

function explain(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.code === "wrong_credentials") return "E-mail or password is wrong.";
  if (error.code === "too_many") return "Too many attempts. Wait a moment.";
  return error.message;
}
