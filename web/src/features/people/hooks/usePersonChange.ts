import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Employee, EmployeeChange } from "@/api/types";
import { changeEmployee, personQuery, refreshPeople } from "../api/employees";

/** Changes one person and renews every list that shows them. */
export function usePersonChange(person: Employee) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: EmployeeChange) => changeEmployee(person.employeeId, change),
    onSuccess: async (changed) => {
      queryClient.setQueryData(personQuery(person.employeeId).queryKey, changed);
      await refreshPeople(queryClient);
    },
  });
}
