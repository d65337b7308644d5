import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** What stands on a card whose content could not be had: why, and the way to ask again. */
export function LoadFailure({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  return (
    <Notice tone="error" action={<Button onClick={() => void onRetry()}>Try again</Button>}>
      {error.message}
    </Notice>
  );
}
