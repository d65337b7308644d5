import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/session";
import { setupQuery } from "@/features/setup/api/setup";
import { SetupForm } from "@/features/setup/components/SetupForm";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { GateLayout } from "@/ui/GateLayout";
import { Notice } from "@/ui/Notice";

/** `/setup#token=…`: the page behind the one-time link. The token stays in the fragment, which no server logs. */
export function SetupPage() {
  useDocumentTitle("Set up");
  const router = useRouter();
  const queryClient = useQueryClient();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const token = new URLSearchParams(hash).get("token");
  const setup = useQuery(setupQuery);

  async function onDone(): Promise<void> {
    queryClient.setQueryData(setupQuery.queryKey, { needed: false });
    await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    await router.navigate({ to: "/", replace: true });
  }

  if (setup.data && !setup.data.needed && !queryClient.getQueryData(meQuery.queryKey)) {
    return (
      <GateLayout title="Already set up" lead="This hub has its administrator, and the link works only once.">
        <Button look="primary" onClick={() => void router.navigate({ to: "/login" })}>
          Go to sign-in
        </Button>
      </GateLayout>
    );
  }
  if (!token) {
    return (
      <GateLayout title="Set up Muster" lead="The link is not complete.">
        <Notice>
          Open the whole link that the hub printed when it started, up to the end of <code>/setup#token=…</code>.
        </Notice>
      </GateLayout>
    );
  }
  return (
    <GateLayout title="Set up Muster" lead="Name your organization and make the first account, an administrator's.">
      <SetupForm token={token} onDone={onDone} />
    </GateLayout>
  );
}
