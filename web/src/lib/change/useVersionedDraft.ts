import { useState } from "react";
import { isSame } from "./mergeChanges";

/** Settings as the hub has them, with the version that a change of them has to name. */
export interface Versioned<Settings> {
  settings: Settings;
  version: number;
}

export interface VersionedDraft<Settings> {
  /** What was read when the draft began. */
  base: Versioned<Settings>;
  draft: Settings;
  change: (part: Partial<Settings>) => void;
  isChanged: boolean;
  /** Somebody else saved another version meanwhile; the draft is still as it was typed. */
  isOutdated: boolean;
  /** Begins again from what the hub has now, or from what it has just answered. */
  restart: (from?: Versioned<Settings>) => void;
}

/** A draft of settings that others may change too. As long as nothing is typed it follows the hub; afterwards it stands still. */
export function useVersionedDraft<Settings extends object>(current: Versioned<Settings>): VersionedDraft<Settings> {
  const [state, setState] = useState({ base: current, draft: current.settings });
  const isChanged = !isSame(state.draft, state.base.settings);
  // Versions only grow; an older one is a list that has not been asked for again since the last save.
  const isNewer = current.version > state.base.version;
  if (isNewer && !isChanged) setState({ base: current, draft: current.settings });
  return {
    base: state.base,
    draft: state.draft,
    change: (part) => setState({ ...state, draft: { ...state.draft, ...part } }),
    isChanged,
    isOutdated: isNewer && isChanged,
    restart: (from = current) => setState({ base: from, draft: from.settings }),
  };
}
