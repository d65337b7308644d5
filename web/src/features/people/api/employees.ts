import type { Employee, NewEmployee } from "@/api/types";
import { request } from "@/lib/http/request";

/** Adds a person, who may sign in at once. */
export function addEmployee(employee: NewEmployee): Promise<Employee> {
  return request<Employee>("POST", "/api/employees", { body: employee });
}
