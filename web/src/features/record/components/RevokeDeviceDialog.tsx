import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Device } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { showToast } from "@/ui/toastStore";
import { ownDevicesQuery, revokeDevice } from "../api/record";

/** Asks before a machine is cut off, since it cannot be taken back: it has to be enrolled anew. */
export function RevokeDeviceDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const queryClient = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeDevice(device),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ownDevicesQuery(device.employeeId).queryKey });
      showToast(`${device.name} is cut off.`);
      onClose();
    },
  });
  return (
    <Dialog title={`Cut off ${device.name}?`} onClose={onClose}>
      <div className={stack.stack}>
        {revoking.error && <Notice tone="error">{revoking.error.message}</Notice>}
        <p>
          Its agent is signed out at once and can record and report nothing more. What it has not sent yet stays on the
          machine. To use it again it has to be enrolled anew.
        </p>
        <div className={stack.buttons}>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="primary" disabled={revoking.isPending} onClick={() => revoking.mutate()}>
            {revoking.isPending ? "Cutting off…" : "Cut off"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
