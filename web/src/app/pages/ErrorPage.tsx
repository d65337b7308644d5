import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { CloudOff, TriangleAlert } from "lucide-react";
import { ApiError, NetworkError } from "@/lib/http/apiError";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import styles from "./PlainPage.module.css";

/** What stands where a page could not be made: the hub is away, it refused, or the page itself broke. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const isAway = error instanceof NetworkError;
  const retry = () => {
    reset();
    void router.invalidate();
  };
  const Icon = isAway ? CloudOff : TriangleAlert;
  return (
    <main className={styles.page}>
      <EmptyState
        heading="h1"
        icon={<Icon size={20} aria-hidden />}
        title={isAway ? "The hub cannot be reached" : "This page could not be shown"}
        action={
          <Button look="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        {isAway ? "It may be restarting, or the network is away." : describe(error)}
      </EmptyState>
    </main>
  );
}

function describe(error: unknown): string {
  if (error instanceof ApiError && error.requestId) return `${error.message} (request ${error.requestId})`;
  return error instanceof Error ? error.message : "Something unexpected happened.";
}
