import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, CircleAlert } from "lucide-react";
import type { CaptureInterval, EmployeeId } from "@/api/types";
import {
  assignInterval,
  captureIntervalQuery,
  INTERVAL_MINUTES_MAX,
  INTERVAL_MINUTES_MIN,
} from "../api/captureInterval";
import { useHoursFacts } from "../hooks/hoursContext";
import styles from "./IntervalChoice.module.css";

const CHOICES = Array.from(
  { length: INTERVAL_MINUTES_MAX - INTERVAL_MINUTES_MIN + 1 },
  (_, index) => INTERVAL_MINUTES_MIN + index,
);

/** How often a screenshot of somebody is taken. Whoever may change it does so here; their agent is told at once. */
export function IntervalChoice({ employee, name }: { employee: EmployeeId; name: string }) {
  const { mayAssignInterval } = useHoursFacts();
  const queryClient = useQueryClient();
  const query = captureIntervalQuery(employee);
  const interval = useQuery(query).data;
  const assigning = useMutation({
    mutationFn: (minutes: number) => assignInterval(employee, minutes),
    onSuccess: (answer: CaptureInterval) => queryClient.setQueryData(query.queryKey, answer),
  });
  const minutes = assigning.isPending ? assigning.variables : interval?.intervalMinutes;
  if (minutes === undefined) return <span className={styles.text}>…</span>;
  if (!mayAssignInterval(employee)) return <span className={styles.text}>{`${minutes} min`}</span>;
  return (
    <span className={styles.choice}>
      <select
        className={styles.select}
        aria-label={`Minutes between screenshots of ${name}`}
        title="A connected agent is told at once, and begins to track"
        value={minutes}
        aria-invalid={assigning.isError || undefined}
        onChange={(event) => assigning.mutate(Number(event.target.value))}
      >
        {CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {`${choice} min`}
          </option>
        ))}
      </select>
      <span role="status" className={styles.said}>
        {assigning.isSuccess && (
          <>
            <Check size={14} aria-hidden className={styles.done} />
            <span className="visually-hidden">{`Every ${minutes} minutes from now on.`}</span>
          </>
        )}
      </span>
      {assigning.isError && (
        <span role="alert" className={styles.error} title={assigning.error.message}>
          <CircleAlert size={14} aria-hidden />
          <span className="visually-hidden">{assigning.error.message}</span>
        </span>
      )}
    </span>
  );
}
