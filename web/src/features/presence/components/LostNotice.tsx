import { formatTimeOfDay } from "@/lib/time/format";
import { Notice } from "@/ui/Notice";
import { usePresence } from "../hooks/presenceContext";

/** Says that what the page shows is from before. */
export function LostNotice() {
  const { lostAtMs, store, timeZone } = usePresence();
  if (lostAtMs === undefined) return null;
  const at = formatTimeOfDay(lostAtMs, lostAtMs, timeZone);
  return (
    <Notice>
      {store.isLoaded()
        ? `Not live. The connection to the hub was lost at ${at}; what you see is from then.`
        : `The hub cannot be reached since ${at}.`}
    </Notice>
  );
}
