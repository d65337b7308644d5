/** Units from left to right; the browser stretches them. */
export const WIDTH = 100;

/**
 * The line through evenly spaced values, and the area below it, as SVG paths. It begins `unknown` steps from the left, before
 * which nothing is known. Empty for fewer than two values.
 */
export function sparklinePaths(
  values: readonly number[],
  top: number,
  height: number,
  unknown = 0,
): { line: string; area: string } {
  if (values.length < 2) return { line: "", area: "" };
  const step = WIDTH / (unknown + values.length - 1);
  const scale = height / Math.max(1, top);
  const x = (index: number) => round((unknown + index) * step);
  const points = values.map((value, index) => `${x(index)} ${round(height - Math.min(value, top) * scale)}`);
  const line = `M${points.join("L")}`;
  return { line, area: `${line}L${WIDTH} ${height}L${x(0)} ${height}z` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
