import { readFile } from "node:fs/promises";

/** Downloads what the page of work hours exports; gives its text. */
export async function exported(page, item) {
  await page.getByRole("button", { name: "Export" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  return readFile(await (await saving).path(), "utf8");
}

/** Rows by their headings; no cell of these files needs quotes. */
export function parseCsv(text) {
  const [head, ...lines] = text.trim().split("\r\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, column) => [names[column], cell])));
}

/** `5:00:12.345` in milliseconds. */
export function durationMs(text) {
  const [hours, minutes, seconds, ms] = text.split(/[:.]/).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
}

/** The three figures of work hours that exported segments come to. */
export function sumOf(segments) {
  const of = (...kinds) =>
    segments
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .reduce((sum, segment) => sum + durationMs(segment.durationMs), 0);
  return { active: of(), idle: of("idle"), net: of("active", "meeting") };
}
