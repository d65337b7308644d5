/** Units from left to right; the browser stretches them. */
export const WIDTH = 100;

/** The line through evenly spaced values, and the area below it, as SVG paths. Empty for fewer than two values. */
export function sparklinePaths(values: readonly number[], top: number, height: number): { line: string; area: string } {
  if (values.length < 2) return { line: "", area: "" };
  const step = WIDTH / (values.length - 1);
  const scale = height / Math.max(1, top);
  const points = values.map((value, index) => `${round(index * step)} ${round(height - Math.min(value, top) * scale)}`);
  const line = `M${points.join("L")}`;
  return { line, area: `${line}L${WIDTH} ${height}L0 ${height}z` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
