import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { PolicyScope } from "@/api/types";
import { Card } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { policyQuery } from "../api/policy";
import { holding, sourceOf } from "../model/inheritance";
import { SETTINGS, valueWord } from "../model/settings";
import styles from "./PolicySummary.module.css";
import { SourceMark } from "./SourceMark";

interface PolicySummaryProps {
  scope: PolicyScope;
  /** The way to change it, for who may. */
  action: ReactNode;
}

/** What holds for a person or a team, and which layer decided it. */
export function PolicySummary({ scope, action }: PolicySummaryProps) {
  const policy = useQuery(policyQuery(scope));
  return (
    <Card title="Policy that holds">
      {policy.error && !policy.data && <Notice tone="error">{policy.error.message}</Notice>}
      <dl className={styles.list}>
        {SETTINGS.map(({ key, word }) => {
          const holds = policy.data && holding(policy.data.layers, scope, key);
          return (
            <div key={key} className={styles.line}>
              <dt>{word}</dt>
              <dd>
                {holds && valueWord(key, holds.value)}
                {holds && <SourceMark source={holds.source} isOwn={holds.source === sourceOf(scope)} />}
              </dd>
            </div>
          );
        })}
      </dl>
      {action}
    </Card>
  );
}
