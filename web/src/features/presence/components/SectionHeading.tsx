import { ChevronDown, ChevronRight } from "lucide-react";
import { formatCount } from "@/lib/count/formatCount";
import { type FoldableName, isFoldable, type SectionName } from "../model/boardLayout";
import styles from "./SectionHeading.module.css";

const TITLES: Readonly<Record<SectionName, string>> = {
  unstable: "Unstable connection",
  idle: "Idle, longest first",
  active: "Active",
  away: "In a meeting, in class or on a break",
  offline: "Offline, seen today",
  absent: "Not seen today",
};

interface SectionHeadingProps {
  section: SectionName;
  count: number;
  isFolded: boolean;
  onFold: (section: FoldableName, isFolded: boolean) => void;
}

/** Names a part of the board and counts it; those of people who are not here fold. */
export function SectionHeading({ section, count, isFolded, onFold }: SectionHeadingProps) {
  const label = (
    <>
      {TITLES[section]}
      <span className={styles.count}>{formatCount(count)}</span>
    </>
  );
  if (!isFoldable(section)) return <h2 className={styles.heading}>{label}</h2>;
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <h2 className={styles.heading}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!isFolded}
        onClick={() => onFold(section, !isFolded)}
      >
        <Chevron size={16} aria-hidden />
        {label}
      </button>
    </h2>
  );
}
