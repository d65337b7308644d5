import type { EmployeeId } from "@/api/types";

/** How many people are asked for at once: a screenful and a little. */
export const BLOCK_PEOPLE = 25;

/** People in blocks that stay the same however the table is sorted, so that what was asked for is not asked for again. */
export class Blocks {
  readonly #blocks: readonly (readonly EmployeeId[])[];
  readonly #blockOf: ReadonlyMap<EmployeeId, number>;

  /** `employees` in the order in which they are usually looked at. */
  constructor(employees: readonly EmployeeId[]) {
    this.#blockOf = new Map(employees.map((employee, index) => [employee, Math.floor(index / BLOCK_PEOPLE)]));
    const count = Math.ceil(employees.length / BLOCK_PEOPLE);
    this.#blocks = Array.from({ length: count }, (_, block) =>
      employees.slice(block * BLOCK_PEOPLE, (block + 1) * BLOCK_PEOPLE),
    );
  }

  /** The blocks that some people are in, each once. */
  of(employees: readonly EmployeeId[]): readonly (readonly EmployeeId[])[] {
    const numbers = new Set<number>();
    for (const employee of employees) {
      const block = this.#blockOf.get(employee);
      if (block !== undefined) numbers.add(block);
    }
    return [...numbers].sort((a, b) => a - b).map((block) => this.#blocks[block] ?? []);
  }
}
