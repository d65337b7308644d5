import type { Build } from "@/api/types";

export type Platform = "windows" | "macos" | "linux";

export const PLATFORMS: readonly { platform: Platform; word: string }[] = [
  { platform: "windows", word: "Windows" },
  { platform: "macos", word: "macOS" },
  { platform: "linux", word: "Linux" },
];

/** The system of a browser, by what it says of itself; `undefined` on a phone, or where it says nothing useful. */
export function platformOf(userAgent: string): Platform | undefined {
  if (/android|iphone|ipad|mobile/i.test(userAgent)) return undefined;
  if (/windows/i.test(userAgent)) return "windows";
  if (/mac os x|macintosh/i.test(userAgent)) return "macos";
  return /linux|x11/i.test(userAgent) ? "linux" : undefined;
}

/** The agents for one system, the newest first. */
export function agentsFor(builds: readonly Build[], platform: Platform): Build[] {
  return builds
    .filter((build) => build.kind === "agent" && build.platform === platform)
    .sort((a, b) => compareVersions(b.version, a.version) || a.file.localeCompare(b.file));
}

/** The processor that a build is for, as its target says. */
export function processorWord(target: string): string {
  if (/aarch64|arm64/.test(target)) return "ARM, 64 bit";
  if (/^universal/.test(target)) return "Intel and Apple";
  return /x86_64|amd64/.test(target) ? "Intel or AMD, 64 bit" : "";
}

/** `1.10.0` is newer than `1.9.3`; what is no number counts as the text that it is. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

/** `12.3 MB`. */
export function sizeWord(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [divisor, unit] =
    bytes < 1_000_000 ? [1_000, "kB"] : bytes < 1_000_000_000 ? [1_000_000, "MB"] : [1_000_000_000, "GB"];
  return `${(bytes / divisor).toFixed(1)} ${unit}`;
}
