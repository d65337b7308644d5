import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/session";
import { SignInForm } from "@/features/auth/components/SignInForm";
import { setupQuery } from "@/features/setup/api/setup";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { GateLayout } from "@/ui/GateLayout";
import { Notice } from "@/ui/Notice";

const route = getRouteApi("/login");

/** `/login`. On a fresh hub it says where the set-up link is, since nobody could sign in yet. */
export function LoginPage() {
  useDocumentTitle("Sign in");
  const { to } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const setup = useQuery(setupQuery);

  async function onSignedIn(): Promise<void> {
    await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
    await router.navigate({ href: to ?? "/", replace: true });
  }

  if (setup.data?.needed) {
    return (
      <GateLayout title="Welcome to Muster" lead="This hub has no administrator yet.">
        <Notice>
          When the hub started it printed a one-time link that ends in <code>/setup#token=…</code>. Open it to name your
          organization and make the first account.
        </Notice>
      </GateLayout>
    );
  }
  return (
    <GateLayout title="Sign in" lead="With the account of your organization.">
      <SignInForm onSignedIn={onSignedIn} />
    </GateLayout>
  );
}
