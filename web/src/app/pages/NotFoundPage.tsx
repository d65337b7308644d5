import { useNavigate } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import styles from "./PlainPage.module.css";

/** An address without a page. */
export function NotFoundPage() {
  const navigate = useNavigate();
  return (
    <main className={styles.page}>
      <EmptyState
        heading="h1"
        icon={<Compass size={20} aria-hidden />}
        title="There is no such page"
        action={
          <Button look="primary" onClick={() => void navigate({ to: "/" })}>
            Go to the dashboard
          </Button>
        }
      >
        The address may be mistyped, or the page has moved.
      </EmptyState>
    </main>
  );
}
