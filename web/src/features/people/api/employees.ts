import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Employee, EmployeeChange, EmployeeId, NewEmployee } from "@/api/types";
import { queryString } from "@/lib/http/queryString";
import { request, requestPage } from "@/lib/http/request";
import { type PeopleSearch, peopleParameters } from "../model/peopleSearch";

const PAGE_ROWS = 200;
/** Of everything that this feature asks for. */
export const PEOPLE_KEY = ["people"];

/** Everybody whom the person who is signed in may manage, by name, a page at a time. */
export function peopleQuery(search: PeopleSearch) {
  return infiniteQueryOptions({
    queryKey: [...PEOPLE_KEY, "list", search.q ?? "", search.team ?? "", search.role ?? "", search.state ?? ""],
    queryFn: ({ pageParam, signal }) =>
      requestPage<Employee>(
        `/api/employees${queryString({ ...peopleParameters(search), limit: PAGE_ROWS, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    // While another filter is asked for, the last rows stay where they are.
    placeholderData: keepPreviousData,
  });
}

/** One person. */
export function personQuery(id: EmployeeId) {
  return queryOptions({
    queryKey: [...PEOPLE_KEY, "one", id],
    queryFn: ({ signal }) => request<Employee>("GET", `/api/employees/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Where the same people are as a file. */
export function peopleExportPath(search: PeopleSearch, format: "csv" | "xlsx"): string {
  return `/api/employees${queryString({ ...peopleParameters(search), format })}`;
}

/** Adds a person. */
export function addEmployee(employee: NewEmployee): Promise<Employee> {
  return request<Employee>("POST", "/api/employees", { body: employee });
}

/** Changes a person; what is absent stays. Answers with the person afterwards. */
export function changeEmployee(id: EmployeeId, change: EmployeeChange): Promise<Employee> {
  return request<Employee>("PATCH", `/api/employees/${encodeURIComponent(id)}`, { body: change });
}

/** Somebody changed a person, or added one: every list that is shown is asked for again. */
export function refreshPeople(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: PEOPLE_KEY });
}
