import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/session";
import { toastStore } from "@/ui/toastStore";

/** Leaves the frame for the sign-in page, forgetting everything that was known of the last person. */
export function useSignInAgain(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async () => {
    queryClient.clear();
    toastStore.clear();
    // Known, not asked: cookies of a dead session may still lie there.
    queryClient.setQueryData(meQuery.queryKey, null);
    const { href } = router.state.location;
    // Nobody is signed in who could still save.
    await router.navigate({ to: "/login", search: href === "/" ? {} : { to: href }, ignoreBlocker: true });
  };
}
