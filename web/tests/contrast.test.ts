import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** The design tokens held to WCAG 2.2: text 4.5:1 (1.4.3), shapes, borders of controls and the focus ring 3:1 (1.4.11). */

const css = readFileSync("src/styles/tokens.css", "utf8");
const CONTRAST_BLOCK = /@media \(prefers-contrast: more\) \{([\s\S]*?)\n\}/;
const normal = readTokens(css.replace(CONTRAST_BLOCK, ""));
const more = { ...normal, ...readTokens(CONTRAST_BLOCK.exec(css)?.[1] ?? "") };

const SURFACES = ["surface-0", "surface-1", "surface-2"];
const TEXTS = ["text-strong", "text-normal", "text-muted"];
const STATUSES = ["active", "idle", "meeting", "break", "offline", "unknown", "breach"].map((name) => `status-${name}`);

const PAIRS: [text: string, on: string, ratioMin: number][] = [
  ...TEXTS.flatMap((text) => SURFACES.map((on) => [text, on, 4.5] as [string, string, number])),
  ["text-normal", "surface-3", 4.5],
  ["text-strong", "accent-soft", 4.5],
  ["text-normal", "accent-soft", 4.5],
  ["text-breach", "surface-1", 4.5],
  ["accent", "surface-0", 4.5],
  ["accent", "surface-1", 4.5],
  ["on-accent", "accent-fill", 4.5],
  ["on-accent", "accent-fill-hover", 4.5],
  ["on-accent", "breach-fill", 4.5],
  ["on-accent", "breach-fill-hover", 4.5],
  ...STATUSES.flatMap((status) => ["surface-0", "surface-1"].map((on) => [status, on, 3] as [string, string, number])),
  ["line-strong", "surface-1", 3],
  ["focus-ring", "surface-0", 3],
  ["focus-ring", "surface-1", 3],
];

type Schemes = [light: number, dark: number];

describe.each([
  ["light", normal, 0],
  ["dark", normal, 1],
  ["light, more contrast", more, 0],
  ["dark, more contrast", more, 1],
] as const)("%s", (_, tokens, scheme) => {
  it.each(PAIRS)("%s on %s is at least %f:1", (text, on, ratioMin) => {
    expect(contrast(luminance(tokens, text, scheme), luminance(tokens, on, scheme))).toBeGreaterThanOrEqual(ratioMin);
  });
});

it("asks for more where more contrast is asked for", () => {
  expect(more["text-muted"]).not.toEqual(normal["text-muted"]);
});

/** The relative luminance of every opaque token, light and dark. */
function readTokens(block: string): Record<string, Schemes> {
  const tokens: Record<string, Schemes> = {};
  const pattern = /--([a-z0-9-]+):\s*light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g;
  for (const [, name = "", light = "", dark = ""] of block.matchAll(pattern)) {
    tokens[name] = [luminanceOf(light), luminanceOf(dark)];
  }
  return tokens;
}

function luminance(tokens: Record<string, Schemes>, name: string, scheme: 0 | 1): number {
  const token = tokens[name];
  if (!token) throw new Error(`no token ${name}`);
  return token[scheme];
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** OKLCH to linear sRGB (Ottosson 2020), clipped as a screen clips it, to luminance (WCAG 2.2). */
function luminanceOf(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(" ").map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
