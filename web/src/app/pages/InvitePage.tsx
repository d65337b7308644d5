import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/session";
import { invitationQuery } from "@/features/invite/api/invite";
import { InviteForm } from "@/features/invite/components/InviteForm";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { ApiError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { GateLayout } from "@/ui/GateLayout";
import { Notice } from "@/ui/Notice";

/** `/invite#token=…`: the page behind an invite link. The token stays in the fragment, which no server logs. */
export function InvitePage() {
  useDocumentTitle("Invitation");
  const router = useRouter();
  const queryClient = useQueryClient();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const token = new URLSearchParams(hash).get("token") ?? "";
  const invitation = useQuery(invitationQuery(token));

  async function onDone(): Promise<void> {
    // Whoever was signed in on this browser before is not any more.
    queryClient.clear();
    await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    await router.navigate({ to: "/", replace: true });
  }

  if (token === "") {
    return (
      <GateLayout title="Invitation" lead="The link is not complete.">
        <Notice>
          Open the whole link that you were given, up to the end of <code>/invite#token=…</code>.
        </Notice>
      </GateLayout>
    );
  }
  if (invitation.data) {
    const { name, organization } = invitation.data;
    return (
      <GateLayout title={`Welcome, ${name}`} lead={`${organization} uses Muster. Choose a password to sign in.`}>
        <InviteForm token={token} invitation={invitation.data} onDone={onDone} />
      </GateLayout>
    );
  }
  if (!invitation.error)
    return (
      <GateLayout title="Invitation" lead="Looking at your link…">
        {null}
      </GateLayout>
    );
  const isVoid = invitation.error instanceof ApiError && invitation.error.status === 404;
  return (
    <GateLayout
      title={isVoid ? "This link works no more" : "Invitation"}
      lead={
        isVoid
          ? "It was used, it is older than seven days, or a newer one was made."
          : "Your link could not be looked at."
      }
    >
      {isVoid ? (
        <Notice action={<Button onClick={() => void router.navigate({ to: "/login" })}>Sign in</Button>}>
          Ask whoever sent it for a new one, or sign in if you have a password already.
        </Notice>
      ) : (
        <Notice tone="error" action={<Button onClick={() => void invitation.refetch()}>Try again</Button>}>
          {invitation.error.message}
        </Notice>
      )}
    </GateLayout>
  );
}
