import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { EmployeeId } from "@/api/types";
import { Card, CardNote } from "@/ui/Card";
import { viewingsQuery } from "../api/viewings";
import { ViewingHead, ViewingRow } from "./ViewingRow";
import styles from "./Viewings.module.css";
import tableStyles from "./ViewingTable.module.css";

const SHOWN_MAX = 5;

interface LatestViewingsProps {
  /** The person who is signed in. */
  self: EmployeeId;
  timeZone: string;
  /** The way to all of them. */
  more: ReactNode;
}

/** The last few times that somebody viewed the person. */
export function LatestViewings({ self, timeZone, more }: LatestViewingsProps) {
  const query = useInfiniteQuery(viewingsQuery({ employee: self }, "oneself"));
  const viewings = query.data?.pages[0]?.items.slice(0, SHOWN_MAX);
  return (
    <Card title="Who viewed me">
      {viewings && viewings.length > 0 && (
        <div className={styles.few}>
          <table className={tableStyles.table} data-subject="oneself">
            <caption className="visually-hidden">{`Who viewed you last (${timeZone.replaceAll("_", " ")})`}</caption>
            <ViewingHead subject="oneself" />
            <tbody>
              {viewings.map((viewing) => (
                <ViewingRow key={viewing.id} viewing={viewing} subject="oneself" timeZone={timeZone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CardNote>
        {viewings?.length === 0 && "Nobody has viewed your screen. "}
        {!viewings && query.error && `${query.error.message} `}
        {more}
      </CardNote>
    </Card>
  );
}
