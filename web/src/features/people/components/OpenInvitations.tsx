import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MailCheck } from "lucide-react";
import { useMemo, useState } from "react";
import type { OpenInvitation } from "@/api/types";
import { moreOf, usePagedRows } from "@/lib/http/pagedRows";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ExportButtons } from "@/ui/ExportButtons";
import { FilterBar } from "@/ui/FilterBar";
import { Moment } from "@/ui/Moment";
import { Notice } from "@/ui/Notice";
import { type Column, RowTable, RowTableSkeleton } from "@/ui/RowTable";
import { showToast } from "@/ui/toastStore";
import { refreshPeople } from "../api/employees";
import { invitationsExportPath, invitationsQuery, takeBack } from "../api/invites";
import styles from "./PeopleTable.module.css";

/** The links that are out: whose, since when, until when, and the way to take one back. */
export function OpenInvitations({ timeZone }: { timeZone: string }) {
  const query = useInfiniteQuery(invitationsQuery);
  const [exportError, setExportError] = useState<Error>();
  const [asked, setAsked] = useState<OpenInvitation>();
  const columns = useMemo(() => columnsFor(timeZone, setAsked), [timeZone]);
  const invitations = usePagedRows(query);
  const error = exportError ?? (invitations ? undefined : query.error);
  return (
    <>
      <FilterBar end={<ExportButtons name="invitations" path={invitationsExportPath} onError={setExportError} />} />
      {error && (
        <Notice tone="error" action={!invitations && <Button onClick={() => void query.refetch()}>Try again</Button>}>
          {error.message}
        </Notice>
      )}
      {!invitations && !error && <RowTableSkeleton columns={columns} rows={4} />}
      {invitations && invitations.length > 0 && (
        <RowTable
          caption="Invitations that nobody has used yet, the first to end first"
          columns={columns}
          rows={invitations}
          rowKey={({ employeeId }) => employeeId}
          {...moreOf(query)}
        />
      )}
      {invitations?.length === 0 && (
        <EmptyState icon={<MailCheck size={20} aria-hidden />} title="No invitation is open">
          An invite link that you make for somebody stands here until it is used, or seven days have passed.
        </EmptyState>
      )}
      {asked && <TakeBackDialog invitation={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function TakeBackDialog({ invitation, onClose }: { invitation: OpenInvitation; onClose: () => void }) {
  const queryClient = useQueryClient();
  const { employeeId, name } = invitation;
  const takingBack = useMutation({
    mutationFn: () => takeBack(employeeId),
    // Also after a refusal: it was used or taken back meanwhile.
    onSettled: () => refreshPeople(queryClient),
    onSuccess: () => {
      showToast(`The invitation of ${name} is taken back.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Take back the invitation of ${name}?`}
      word="Take back"
      pendingWord="Taking back…"
      isPending={takingBack.isPending}
      error={takingBack.error}
      onConfirm={() => takingBack.mutate()}
      onClose={onClose}
    >
      <p>{`The link stops working at once. To let ${name} in, make another one.`}</p>
    </ConfirmDialog>
  );
}

function columnsFor(timeZone: string, onTakeBack: (invitation: OpenInvitation) => void): Column<OpenInvitation>[] {
  return [
    {
      head: "Person",
      width: "minmax(150px, 1.4fr)",
      narrow: "lead",
      cell: ({ employeeId, name }) => (
        <Link to="/people/$id" params={{ id: employeeId }} className={styles.name} title={name}>
          {name}
        </Link>
      ),
    },
    {
      head: "E-mail",
      width: "minmax(0, 1.6fr)",
      narrow: "none",
      cell: ({ email }) => <span title={email}>{email}</span>,
    },
    {
      head: "Made by",
      width: "minmax(0, 1fr)",
      narrow: "none",
      cell: ({ createdBy, createdByName }) => createdByName ?? createdBy,
    },
    {
      head: "Made",
      width: "minmax(168px, 1fr)",
      narrow: "none",
      cell: ({ createdAt }) => <Moment atMs={createdAt} timeZone={timeZone} />,
    },
    {
      head: "Good",
      width: "minmax(168px, 1fr)",
      cell: ({ expiresAt }) => (
        <>
          until <Moment atMs={expiresAt} timeZone={timeZone} />
        </>
      ),
    },
    {
      head: "Actions",
      width: "104px",
      narrow: "end",
      isHeadSilent: true,
      cell: (invitation) => (
        <Button onClick={() => onTakeBack(invitation)} aria-label={`Take back the invitation of ${invitation.name}`}>
          Take back
        </Button>
      ),
    },
  ];
}
