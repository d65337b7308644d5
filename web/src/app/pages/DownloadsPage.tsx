import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import type { EmployeeId } from "@/api/types";
import { makeEnrolmentCode } from "@/features/devices/api/devices";
import { EnrolmentCodeCard } from "@/features/devices/components/EnrolmentCodeCard";
import { Downloads } from "@/features/downloads/components/Downloads";
import { usePresence } from "@/features/presence/hooks/presenceContext";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { Button } from "@/ui/Button";
import { Card, CardNote } from "@/ui/Card";
import { CopyField } from "@/ui/CopyField";
import stack from "@/ui/FormStack.module.css";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { useMe } from "../useMe";
import styles from "./DownloadsPage.module.css";
import { PersonChoice } from "./PersonChoice";

const route = getRouteApi("/frame/downloads");

/** `/downloads`: the agent, how to set it up, and the code that it asks for. `#code=…` is what a scanned code leads to. */
export function DownloadsPage() {
  useDocumentTitle("Downloads");
  const { role } = useMe();
  const { platform } = route.useSearch();
  const navigate = route.useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const scanned = new URLSearchParams(hash).get("code");
  return (
    <>
      <PageHeader title="Downloads" lead="The agent for your computer, and the steps that set it up." />
      <div className={styles.columns}>
        <Downloads
          platform={platform}
          onPlatform={(chosen) => void navigate({ search: { platform: chosen }, hash: true, replace: true })}
          canOperate={role === "admin"}
        />
        {scanned ? <ScannedCode code={scanned} /> : <OwnCode />}
      </div>
    </>
  );
}

function ScannedCode({ code }: { code: string }) {
  return (
    <Card title="Enrolment">
      <div className={stack.stack}>
        <CopyField label="Hub address" text={location.origin} />
        <CopyField label="Enrolment code" text={code} size="large" hint="The agent asks for both at its first start." />
      </div>
    </Card>
  );
}

/** A code for a device of one's own, or of somebody whom one manages. */
function OwnCode() {
  const { role, employeeId } = useMe();
  const { store } = usePresence();
  const [chosen, setChosen] = useState<EmployeeId>();
  const making = useMutation({ mutationFn: makeEnrolmentCode });
  const canChoose = role !== "employee";
  const whose = chosen ?? employeeId;
  const made = making.data?.employeeId === whose ? making.data : undefined;
  const whoseWords = whose === employeeId ? "you" : (store.entry(whose)?.name ?? whose);
  return (
    <Card title="Enrolment">
      <div className={stack.stack}>
        {making.error && <Notice tone="error">{making.error.message}</Notice>}
        <CardNote>
          {made
            ? `The next device that names this code becomes a device of ${whose === employeeId ? "yours" : whoseWords}.`
            : "At its first start the agent asks for the hub's address and a code. A code is good for one device, within 24 hours."}
        </CardNote>
        {canChoose && !made && (
          <PersonChoice
            label="Person whose device it is"
            placeholder="My own device, or a name"
            employee={chosen}
            onChoose={setChosen}
          />
        )}
        {made ? (
          <EnrolmentCodeCard code={made} origin={location.origin} />
        ) : (
          <Button look="primary" disabled={making.isPending} onClick={() => making.mutate(whose)}>
            {making.isPending ? "Making…" : `Make a code for ${whoseWords}`}
          </Button>
        )}
      </div>
    </Card>
  );
}
