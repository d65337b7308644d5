const format = new Intl.NumberFormat("en");

/** A number as a person reads it: `12,660`. One formatter for all: `toLocaleString` looks for one in each call. */
export function formatCount(count: number): string {
  return format.format(count);
}
