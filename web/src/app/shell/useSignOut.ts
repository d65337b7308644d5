import { signOut } from "@/features/auth/api/session";
import { useSignInAgain } from "./useSignInAgain";

/** Ends the session and leads to the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const signInAgain = useSignInAgain();
  return async () => {
    // A hub that cannot be reached ends the session by its own clock; the person leaves all the same.
    await signOut().catch(() => undefined);
    await signInAgain();
  };
}
