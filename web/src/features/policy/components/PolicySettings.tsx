import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import type { PolicyScope } from "@/api/types";
import { usePortalSocket } from "@/lib/ws/usePortalSocket";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { Notice } from "@/ui/Notice";
import { POLICY_KEY, policyQuery } from "../api/policy";
import { scopeKey } from "../model/inheritance";
import { PolicyEditor } from "./PolicyEditor";
import styles from "./PolicySettings.module.css";

interface PolicySettingsProps {
  scope: PolicyScope;
  /** The choice of whose policy it is. */
  whose: ReactNode;
  /** `Policy of Support`, and in the middle of a sentence: `the policy of Support`. */
  title: string;
}

/** What is captured, when and how: for everybody, for a team, or for one person. The nearer decision wins. */
export function PolicySettings({ scope, whose, title }: PolicySettingsProps) {
  const queryClient = useQueryClient();
  const socket = usePortalSocket();
  const policy = useQuery(policyQuery(scope));
  // What was changed while the socket was away was not heard.
  useEffect(
    () => socket.onReady(() => void queryClient.invalidateQueries({ queryKey: POLICY_KEY })),
    [socket, queryClient],
  );
  return (
    <>
      <div className={styles.whose}>{whose}</div>
      <Card title={title}>
        {policy.data && (
          <PolicyEditor
            key={scopeKey(scope)}
            scope={scope}
            view={policy.data}
            what={`the ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
          />
        )}
        {!policy.data && policy.error && (
          <Notice tone="error" action={<Button onClick={() => void policy.refetch()}>Try again</Button>}>
            {policy.error.message}
          </Notice>
        )}
        {!policy.data && !policy.error && <div className={styles.skeleton} aria-hidden="true" />}
      </Card>
    </>
  );
}
