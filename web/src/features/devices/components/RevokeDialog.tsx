import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Device } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showToast } from "@/ui/toastStore";
import { refreshDevices, revokeDevice } from "../api/devices";

interface RevokeDialogProps {
  device: Device;
  /** How many devices the person would be left with that can connect; `undefined`: not counted. */
  remaining: number | undefined;
  onClose: () => void;
}

/** Takes a device its right to connect. There is no way back: it has to be enrolled again. */
export function RevokeDialog({ device, remaining, onClose }: RevokeDialogProps) {
  const queryClient = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeDevice(device),
    onSuccess: async () => {
      await refreshDevices(queryClient);
      showToast(`${device.name} is revoked.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke ${device.name}?`}
      word="Revoke device"
      pendingWord="Revoking…"
      isPending={revoking.isPending}
      error={revoking.error}
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
    >
      <p>
        {`It is disconnected at once and cannot connect again; what it has recorded and not sent yet is lost.${leftWords(remaining)} To use it again, it has to be enrolled with a new code.`}
      </p>
    </ConfirmDialog>
  );
}

function leftWords(remaining: number | undefined): string {
  if (remaining === undefined) return "";
  if (remaining === 0) return " The person is left without a device.";
  return remaining === 1 ? " The person keeps 1 other device." : ` The person keeps ${remaining} other devices.`;
}
