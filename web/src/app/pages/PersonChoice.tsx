import type { EmployeeId } from "@/api/types";
import { usePresence, usePresenceEntry } from "@/features/presence/hooks/presenceContext";
import { findPeople } from "@/features/presence/model/findPeople";
import { Combobox } from "@/ui/Combobox";

/** More than these nobody reads; one types another letter instead. */
const FOUND_MAX = 8;

interface PersonChoiceProps {
  label: string;
  /** What stands there while nobody is chosen: `Everybody`. */
  placeholder: string;
  employee: EmployeeId | undefined;
  onChoose: (employee: EmployeeId | undefined) => void;
}

/** Chooses one of the people on the board by typing a part of the name. */
export function PersonChoice({ label, placeholder, employee, onChoose }: PersonChoiceProps) {
  const { store } = usePresence();
  const entry = usePresenceEntry(employee ?? "");
  const find = (text: string) =>
    findPeople(store.entries(), text, FOUND_MAX).map((person) => ({
      id: person.employee,
      word: person.name,
      detail: person.employee,
    }));
  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      chosen={employee === undefined ? "" : (entry?.name ?? employee)}
      find={find}
      onChoose={onChoose}
    />
  );
}
