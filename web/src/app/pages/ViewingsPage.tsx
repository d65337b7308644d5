import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { Viewings } from "@/features/viewings/components/Viewings";
import type { ViewingSearch } from "@/features/viewings/model/viewingSearch";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { PageHeader } from "@/ui/PageHeader";
import { PrintLine } from "@/ui/PrintLine";
import { useMe } from "../useMe";
import { PersonChoice } from "./PersonChoice";

const route = getRouteApi("/frame/viewings");

/** `/viewings`: to an employee who viewed them, to whoever manages people every viewing that they may know of. */
export function ViewingsPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isOwn = me.role === "employee";
  const title = isOwn ? "Who viewed me" : "Viewings";
  useDocumentTitle(title);
  const onSearch = useCallback(
    (change: ViewingSearch) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  return (
    <>
      <PageHeader
        title={title}
        lead={
          isOwn
            ? "Every time somebody watched your screen. Nobody can without standing here."
            : "Every time somebody watched a screen. Whoever was watched sees the same of themselves."
        }
      />
      <PrintLine timeZone={me.organization.timeZone} />
      <Viewings
        subject={isOwn ? "oneself" : "people"}
        self={me.employeeId}
        search={search}
        onSearch={onSearch}
        person={
          !isOwn && (
            <PersonChoice
              label="Person who was watched"
              placeholder="Everybody"
              employee={search.employee}
              onChoose={(employee) => onSearch({ employee })}
            />
          )
        }
        timeZone={me.organization.timeZone}
      />
    </>
  );
}
