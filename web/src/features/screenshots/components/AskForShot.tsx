import { useMutation } from "@tanstack/react-query";
import { Camera } from "lucide-react";
import type { EmployeeId } from "@/api/types";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { askForShot } from "../api/screenshots";

interface AskForShotProps {
  employee: EmployeeId;
  name: string;
}

/** One picture now, by the same rules as always. The wish is kept in the audit, where the person sees it. */
export function AskForShot({ employee, name }: AskForShotProps) {
  const asking = useMutation({
    mutationFn: () => askForShot(employee),
    onSuccess: () => showToast(`Asked for a screenshot of ${name}. None is taken of somebody idle or on a break.`),
  });
  return (
    <>
      <Button disabled={asking.isPending} onClick={() => asking.mutate()}>
        <Camera size={16} aria-hidden />
        Take one now
      </Button>
      {asking.error && <Notice tone="error">{asking.error.message}</Notice>}
    </>
  );
}
