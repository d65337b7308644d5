/** As the hub has it: a typing error in a year must not make a thousand hours. */
const LENGTH_MS_MAX = 24 * 60 * 60 * 1000;

interface CorrectionDraft {
  from: number | undefined;
  to: number | undefined;
}

/** What is wrong with the times of a correction, in one sentence; nothing while they are not complete. */
export function correctionProblem({ from, to }: CorrectionDraft): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (to <= from) return "It ends before it begins.";
  if (to - from > LENGTH_MS_MAX) return "A correction covers at most a day.";
  return undefined;
}
