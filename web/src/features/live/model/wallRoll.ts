import type { EmployeeId } from "@/api/types";
import { layOutWall, type WallFilter, type WallLayout } from "./wallLayout";
import type { WallPerson } from "./wallPerson";

/** Lays the wall out, and remembers for as long as the filter is the same who was here. */
export class WallRoll {
  #filter: WallFilter | undefined;
  #kept = new Set<EmployeeId>();

  layOut(people: Iterable<WallPerson>, filter: WallFilter): WallLayout {
    if (filter !== this.#filter) this.#kept = new Set();
    this.#filter = filter;
    const everybody = [...people];
    const layout = layOutWall(everybody, filter, this.#kept);
    const shown = new Set(layout.people);
    for (const { employee, status } of everybody) {
      if (status !== "offline" && shown.has(employee)) this.#kept.add(employee);
    }
    return layout;
  }
}
