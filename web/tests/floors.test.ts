import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";

/** The portal's own floors, as tests/floors does it for the crates: a way in that is not in this table fails. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "api/generated": [],
  api: ["api", "api/generated"],
  lib: ["lib", "api"],
  ui: ["ui", "lib"],
  feature: ["ui", "lib", "api"],
  app: ["app", "ui", "lib", "api", "feature", "styles"],
};

const LINES_MAX = 500;
const TEST_LINES_MAX = 800;

interface SourceFile {
  /** Below `src`, with forward slashes. */
  path: string;
  text: string;
}

const files: SourceFile[] = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.(tsx?|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join("src", path), "utf8") }));
const code = files.filter(({ path }) => /\.tsx?$/.test(path) && !path.includes(".test."));

function floorOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  if (path.startsWith("api/generated/")) return "api/generated";
  return top === "features" ? `features/${second}` : top;
}

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  const isFeature = (floor: string) => floor.startsWith("features/");
  return MAY_IMPORT[isFeature(from) ? "feature" : from]?.includes(isFeature(to) ? "feature" : to) ?? false;
}

/** What a file imports from this project, as paths below `src`. */
function importsOf({ path, text }: SourceFile): string[] {
  const names = [...text.matchAll(/(?:from|import\(?)\s*"((?:@|\.{1,2})\/[^"]+)"/g)].map(([, name = ""]) => name);
  return names.map((name) => (name.startsWith("@/") ? name.slice(2) : posix.join(posix.dirname(path), name)));
}

it("imports only downwards, and no feature from another", () => {
  const wrong = code.flatMap((file) =>
    importsOf(file)
      .filter((imported) => !mayImport(floorOf(file.path), floorOf(imported)))
      .map((imported) => `${file.path} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

it("finds the imports that it judges", () => {
  expect(code.flatMap(importsOf).length).toBeGreaterThan(100);
});

it("model/ is pure: it knows no React and no browser", () => {
  const impure = code
    .filter(({ path }) => path.includes("/model/"))
    .filter(({ text }) =>
      /from "react|\b(window|document|localStorage|fetch)\b\.?\(?/.test(text.replace(/\/\*[\s\S]*?\*\//g, "")),
    )
    .map(({ path }) => path);
  expect(impure).toEqual([]);
});

it("only lib/time/wallClock.ts reads the clock", () => {
  const readers = code
    .filter(({ text }) => /Date\.now|performance\.now|new Date\(\)/.test(text))
    .map(({ path }) => path);
  expect(readers).toEqual(["lib/time/wallClock.ts"]);
});

describe("styles", () => {
  const styles = files.filter(({ path }) => path.endsWith(".css"));

  it("colours stand in tokens.css alone", () => {
    const raw = /#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|color)a?\(/i;
    const coloured = styles
      .filter(({ path, text }) => path !== "styles/tokens.css" && raw.test(text))
      .map(({ path }) => path);
    expect(coloured).toEqual([]);
  });

  it("every token that is used exists", () => {
    const made = new Set(
      [
        ...files
          .map(({ text }) => text)
          .join()
          .matchAll(/(--[a-z0-9-]+):/g),
      ].map(([, name]) => name),
    );
    const missing = styles.flatMap(({ text }) => [...text.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name));
    expect(missing.filter((name) => !made.has(name))).toEqual([]);
  });
});

it("files stay short", () => {
  const long = files
    .filter(({ path }) => !path.startsWith("api/generated/"))
    .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
    .filter(({ path, lines }) => lines > (path.includes(".test.") ? TEST_LINES_MAX : LINES_MAX));
  expect(long).toEqual([]);
});
