import { expect, it } from "vitest";
import type { Build } from "@/api/types";
import { agentsFor, platformOf, processorWord, sizeWord } from "./builds";

function build(file: string, part: Partial<Build>): Build {
  return { file, platform: "linux", target: "", kind: "agent", version: "0.1.0", bytes: 1, sha256: "", ...part };
}

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131", "windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605", "macos"],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/131", "linux"],
  ["Mozilla/5.0 (Linux; Android 15) Chrome/131 Mobile", undefined],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", undefined],
])("%s is %s", (userAgent, platform) => expect(platformOf(userAgent)).toBe(platform));

it("lists the agents of one system, the newest first", () => {
  const builds = [
    build("a", { version: "0.9.0" }),
    build("b", { version: "0.10.0" }),
    build("c", { kind: "hub" }),
    build("d", { platform: "windows" }),
  ];
  expect(agentsFor(builds, "linux").map(({ file }) => file)).toEqual(["b", "a"]);
});

it.each([
  ["x86_64-pc-windows-msvc", "Intel or AMD, 64 bit"],
  ["aarch64-apple-darwin", "ARM, 64 bit"],
  ["riscv64gc-unknown-linux-gnu", ""],
])("%s is for %s", (file, word) => expect(processorWord(file)).toBe(word));

it.each([
  [999, "999 B"],
  [1_500, "1.5 kB"],
  [12_345_678, "12.3 MB"],
  [2_000_000_000, "2.0 GB"],
])("%i bytes are %s", (bytes, word) => expect(sizeWord(bytes)).toBe(word));
