import { useEffect } from "react";

/** Names the page in the browser's tab and to a screen reader. */
export function useDocumentTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Muster`;
  }, [page]);
}
