import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { AuditEntries } from "@/features/audit/components/AuditEntries";
import { Deletions } from "@/features/audit/components/Deletions";
import type { AuditSearch } from "@/features/audit/model/auditSearch";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { PrintLine } from "@/ui/PrintLine";
import { useMe } from "../useMe";
import { PersonChoice } from "./PersonChoice";
import styles from "./SettingsLayout.module.css";

const route = getRouteApi("/frame/audit");
const CHOICES = {
  actor: { label: "By whom", placeholder: "By anybody" },
  subject: { label: "About whom", placeholder: "About anybody" },
} as const;

/** `/audit`: who did what to whom, and what was deleted. */
export function AuditPage() {
  useDocumentTitle("Audit");
  const { organization } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const onSearch = useCallback(
    (change: AuditSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { timeZone } = organization;
  const isDeletions = search.show === "deletions";
  return (
    <>
      <PageHeader title="Audit" lead="Who did what, to whom, and when. Nobody can change or delete an entry by hand." />
      <PrintLine timeZone={timeZone} />
      <nav className={styles.tabs} aria-label="Kinds of records">
        <Link
          to="/audit"
          className={styles.tab}
          activeOptions={{ exact: true }}
          aria-current={isDeletions ? undefined : "page"}
        >
          What was done
        </Link>
        <Link
          to="/audit"
          search={{ show: "deletions" }}
          className={styles.tab}
          aria-current={isDeletions ? "page" : undefined}
        >
          What was deleted
        </Link>
      </nav>
      {isDeletions ? (
        <Deletions timeZone={timeZone} />
      ) : (
        <AuditEntries
          search={search}
          onSearch={onSearch}
          person={(which) => (
            <PersonChoice
              {...CHOICES[which]}
              employee={search[which]}
              onChoose={(employee) => onSearch({ [which]: employee })}
            />
          )}
          timeZone={timeZone}
        />
      )}
    </>
  );
}
