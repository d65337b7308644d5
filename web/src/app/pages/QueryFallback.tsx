import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import styles from "./SettingsLayout.module.css";

interface QueryFallbackProps {
  query: { error: Error | null; refetch: () => Promise<unknown> };
}

/** What stands where a form will be: its place while it is on its way, or why it does not come. */
export function QueryFallback({ query: { error, refetch } }: QueryFallbackProps) {
  return (
    <div className={styles.narrow}>
      {error ? (
        <Notice tone="error" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      ) : (
        <div className={styles.skeleton} aria-hidden="true" />
      )}
    </div>
  );
}
