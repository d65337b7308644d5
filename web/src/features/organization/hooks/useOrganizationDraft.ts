import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OrganizationChange, OrganizationSettings } from "@/api/types";
import { type Difference, mergeChanges } from "@/lib/change/mergeChanges";
import { useVersionedDraft } from "@/lib/change/useVersionedDraft";
import { ApiError } from "@/lib/http/apiError";
import type { Side } from "@/ui/ConflictDialog";
import { changeOrganization, organizationQuery } from "../api/organization";

/** A part of the organization's settings that one form is about. */
export interface Part<Values extends object> {
  keys: readonly (keyof Values & string)[];
  read: (settings: OrganizationSettings) => Values;
  change: (values: Values) => OrganizationChange;
}

/**
 * A draft of a part of the organization's settings. All parts share one version: a save that was refused because another part
 * changed is repeated by itself, and one that was refused because the same part changed is shown to be decided.
 */
export function useOrganizationDraft<Values extends object>(part: Part<Values>, settings: OrganizationSettings) {
  const queryClient = useQueryClient();
  const current = { settings: part.read(settings), version: settings.version };
  const draft = useVersionedDraft<Values>(current);
  const [isComparing, setComparing] = useState(false);

  const saving = useMutation({
    mutationFn: async ({ values, version }: { values: Values; version: number }) => {
      try {
        return await changeOrganization({ ...part.change(values), version });
      } catch (error) {
        if (!isConflict(error)) throw error;
        const now = await queryClient.fetchQuery({ ...organizationQuery, staleTime: 0 });
        if (differences(now, values).some(({ by }) => by !== "me")) throw error;
        return await changeOrganization({ ...part.change(values), version: now.version });
      }
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(organizationQuery.queryKey, saved);
      draft.restart({ settings: part.read(saved), version: saved.version });
      setComparing(false);
    },
    onError: (error) => setComparing(isConflict(error)),
  });

  function differences(now: OrganizationSettings, mine: Values): Difference<keyof Values & string>[] {
    return mergeChanges(part.keys, draft.base.settings, part.read(now), mine);
  }

  function chosen(sides: Readonly<Record<keyof Values & string, Side>>): Values {
    const values = part.keys.map((key) => [key, sides[key] === "mine" ? draft.draft[key] : current.settings[key]]);
    return Object.fromEntries(values) as Values;
  }

  return {
    ...draft,
    saving,
    save: (values: Values = draft.draft, version = draft.base.version, then?: (saved: OrganizationSettings) => void) =>
      saving.mutate({ values, version }, { onSuccess: then }),
    /** Of the settings as they are now and the draft. */
    differences: differences(settings, draft.draft),
    saveChosen: (sides: Readonly<Record<keyof Values & string, Side>>) =>
      saving.mutate({ values: chosen(sides), version: settings.version }),
    isComparing: isComparing && draft.isOutdated,
    setComparing,
    /** A conflict is shown as two versions; where there are none to choose from, as what it is. */
    error: saving.error && !(isConflict(saving.error) && draft.isOutdated) ? saving.error : null,
    wrong: saving.error instanceof ApiError ? saving.error.fields : {},
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conflict";
}
