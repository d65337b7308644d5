// Fails if the first load of any page costs more JavaScript than the budget: the entry with everything that it imports,
// and the one page that is opened. Reads the manifest that `vite build` wrote.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 250 * 1024;
const dist = join(import.meta.dirname, "..", "dist");
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));

/** Every file that a browser must have before `key` runs. */
function closure(key, files = new Set()) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) closure(imported, files);
  return files;
}

const gzipBytes = (file) => (file.endsWith(".js") ? gzipSync(readFileSync(join(dist, file)), { level: 9 }).length : 0);
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const pages = [entry, ...Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry)];

let isOver = false;
for (const page of pages) {
  const files = closure(page, closure(entry));
  const bytes = [...files].reduce((sum, file) => sum + gzipBytes(file), 0);
  isOver ||= bytes > BUDGET_BYTES;
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KiB gzip  ${page}`);
}
if (isOver) {
  console.error(`over the budget of ${BUDGET_BYTES / 1024} KiB for a first load`);
  process.exit(1);
}
