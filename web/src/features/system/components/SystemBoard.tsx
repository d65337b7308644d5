import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { System } from "@/api/types";
import { formatExact } from "@/lib/time/format";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Gauge } from "@/ui/Gauge";
import { Notice } from "@/ui/Notice";
import { RunningTime } from "@/ui/RunningTime";
import { systemQuery } from "../api/system";
import { bytesWord, concernsOf } from "../model/health";
import styles from "./SystemBoard.module.css";

/** How the hub is doing, for whoever runs it: what is wrong first, then every figure, asked for again every five seconds. */
export function SystemBoard({ timeZone }: { timeZone: string }) {
  const query = useQuery(systemQuery);
  const retry = <Button onClick={() => void query.refetch()}>Try again</Button>;
  if (!query.data) {
    return query.error ? (
      <Notice tone="error" action={retry}>
        {query.error.message}
      </Notice>
    ) : (
      <div className={styles.cards} aria-hidden="true">
        {["hub", "database", "sockets", "queues", "live", "storage"].map((name) => (
          <div key={name} className={styles.skeleton} />
        ))}
      </div>
    );
  }
  return (
    <>
      {query.error && (
        <div className={styles.block}>
          <Notice tone="error" action={retry}>
            {`${query.error.message} What stands below is the last that was heard.`}
          </Notice>
        </div>
      )}
      <Concerns system={query.data} />
      <Figures system={query.data} timeZone={timeZone} />
    </>
  );
}

function Concerns({ system }: { system: System }) {
  const concerns = concernsOf(system);
  if (concerns.length === 0) {
    return (
      <p className={styles.well} role="status">
        <CircleCheck size={20} aria-hidden />
        All is well
      </p>
    );
  }
  return (
    <div className={styles.concerns} role="status">
      {concerns.map(({ id, words }) => (
        <Notice key={id} tone="warning">
          {words}
        </Notice>
      ))}
    </div>
  );
}

function Figures({ system, timeZone }: { system: System; timeZone: string }) {
  const { database, sockets, actors, journal, live, storage, memory, limits } = system;
  const used = (storage.dataBytes ?? 0) + (storage.blobBytes ?? 0);
  return (
    <div className={styles.cards}>
      <Card title="Hub">
        <Lines>
          <Line term="Version">{system.version}</Line>
          <Line term="Running for">
            <RunningTime sinceMs={system.startedAt} />
          </Line>
          <Line term="Started">{formatExact(system.startedAt, timeZone)}</Line>
          <Line term="Memory">{bytesWord(memory.residentBytes)}</Line>
        </Lines>
      </Card>
      <Card title="Database">
        <Lines>
          <Line term="State">{database.healthy ? "Answers" : "Does not answer"}</Line>
          <Line term="Answer takes">{database.latencyMs == null ? "–" : `${database.latencyMs} ms`}</Line>
          <Line term="Schema version">{database.schemaVersion}</Line>
          <Line term="Where">
            <code>{database.url}</code>
          </Line>
        </Lines>
      </Card>
      <Card title="Sockets">
        <Gauge word="Agents" value={sockets.agents} max={limits.agentSocketsMax} />
        <Gauge word="Portal pages" value={sockets.portals} max={limits.portalSocketsMax} />
      </Card>
      <Card title="Queues and actors">
        <Gauge word="Writes that wait" value={journal.waiting} max={journal.capacity} />
        <Lines>
          <Line term="Employees with an actor">{actors.employees.toLocaleString("en-GB")}</Line>
          <Line term="Rebuilt after a defect">{actors.rebuilt.toLocaleString("en-GB")}</Line>
        </Lines>
      </Card>
      <Card title="Live view">
        <Lines>
          <Line term="Screens that are watched">{live.tracks.toLocaleString("en-GB")}</Line>
          <Line term="Viewers">{live.viewers.toLocaleString("en-GB")}</Line>
          <Line term="Pictures in the last second">{live.framesPerSecond.toLocaleString("en-GB")}</Line>
        </Lines>
      </Card>
      <Card title="Storage">
        {storage.freeBytes != null && (
          <Gauge word="Used by Muster" value={used} max={used + storage.freeBytes} say={bytesWord} rest="free" />
        )}
        <Lines>
          <Line term="Database and keys">{bytesWord(storage.dataBytes)}</Line>
          <Line term="Pictures">{storage.blobBytes == null ? "In a bucket" : bytesWord(storage.blobBytes)}</Line>
          <Line term="Free on the disk">{bytesWord(storage.freeBytes)}</Line>
        </Lines>
      </Card>
      <Card title="Limits of the configuration">
        <Lines>
          <Line term="Offline after">{lengthWord(limits.offlineAfterMs)}</Line>
          <Line term="Idle after, by default">{lengthWord(limits.idleAfterMs)}</Line>
          <Line term="Requests per account">{`${limits.requestsPerSecond.toLocaleString("en-GB")} a second`}</Line>
          <Line term="Messages per agent">{`${limits.agentMessagesPerSecond.toLocaleString("en-GB")} a second`}</Line>
          <Line term="Sign-in attempts">{`${limits.loginAttemptsPerMinute.toLocaleString("en-GB")} a minute`}</Line>
        </Lines>
      </Card>
    </div>
  );
}

/** A configured length of time: `2 min`, `90 s`. */
function lengthWord(lengthMs: number): string {
  return lengthMs % 60_000 === 0 ? `${lengthMs / 60_000} min` : `${lengthMs / 1000} s`;
}

function Lines({ children }: { children: ReactNode }) {
  return <dl className={styles.lines}>{children}</dl>;
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
