import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);
const AGENT_CONFIGURATION = 'headless = true\ntoken_store = "file"\nproxy = "none"\n';
const READY_WITHIN_MS = 15_000;
export const DESKTOP = { width: 960, height: 540 };

/** Somebody's machine: an X server without a screen, a window manager, a terminal, and the agent's own program. */
export class Desktop {
  #programs = [];
  #display;
  #folder;

  /** A desktop with one window on it, the pointer out of the way. */
  async start() {
    this.#folder = await mkdtemp(join(tmpdir(), "muster-desktop-"));
    const screen = `${DESKTOP.width}x${DESKTOP.height}x24`;
    const server = ["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0", screen];
    this.#display = `:${await firstLine(this.#spawn("Xvfb", server))}`;
    this.#spawn("openbox", ["--sm-disable"]);
    await until("the window manager runs", () => this.#xdotool("get_num_desktops").then(Boolean, () => false));
    this.#spawn("xterm", [
      "-geometry",
      "70x20+20+20",
      "-title",
      "words",
      "-e",
      "sh",
      "-c",
      "ls /usr/bin | head -12; exec cat",
    ]);
    await this.#xdotool("search", "--sync", "--onlyvisible", "--name", "words");
    await this.#xdotool("mousemove", String(DESKTOP.width - 2), String(DESKTOP.height - 2));
  }

  /** Makes this machine a device by a one-time `code`, and starts the agent on it. */
  async startAgent(origin, code) {
    await writeFile(join(this.#folder, "agent.toml"), AGENT_CONFIGURATION);
    await this.#agent("sign-in", "--hub", origin, "--code", code);
    this.#spawn(agentBinary(), this.#agentArguments([]));
    await until("the agent answers", () =>
      this.#agent("status").then(
        () => true,
        () => false,
      ),
    );
    await this.#agent("do", "punch-in");
  }

  async quitAgent() {
    await this.#agent("do", "quit");
  }

  async moveWindow(x, y) {
    await this.#xdotool("search", "--name", "words", "windowmove", String(x), String(y));
  }

  /** What another program sees, once nothing is drawn any more: rows of red, green, blue and alpha. The pointer is not in it. */
  async stillPicture() {
    let last = await this.#picture();
    await until("the desktop stands still", async () => {
      const next = await this.#picture();
      const isStill = next.equals(last);
      last = next;
      return isStill;
    });
    return last;
  }

  /** Ends everything that `start` began. */
  async stop() {
    for (const program of this.#programs.toReversed()) await end(program);
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  async #picture() {
    const options = { env: this.#environment(), encoding: "buffer", maxBuffer: 2 ** 24 };
    const { stdout } = await run("import", ["-window", "root", "-depth", "8", "rgba:-"], options);
    assert.equal(stdout.length, DESKTOP.width * DESKTOP.height * 4);
    return stdout;
  }

  async #xdotool(...words) {
    return (await run("xdotool", words, { env: this.#environment() })).stdout;
  }

  #agent(...words) {
    return run(agentBinary(), this.#agentArguments(words), { env: this.#environment() });
  }

  #agentArguments(words) {
    return ["--headless", "--data-dir", this.#folder, ...words];
  }

  #environment() {
    const { WAYLAND_DISPLAY: _, ...environment } = process.env;
    return { ...environment, DISPLAY: this.#display ?? "", XDG_SESSION_TYPE: "x11" };
  }

  #spawn(program, words) {
    const child = spawn(program, words, { env: this.#environment(), stdio: ["ignore", "pipe", "ignore"] });
    child.once("error", () => {});
    this.#programs.push(child);
    return child;
  }
}

function agentBinary() {
  const binary = process.env.MUSTER_AGENT_BIN;
  if (!binary) throw new Error("set MUSTER_AGENT_BIN to the agent's binary, for example ../target/debug/muster-agent");
  return binary;
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return line.trim();
  throw new Error(`${child.spawnfile} does not start; cargo xtask test installs it`);
}

async function until(what, isTrue) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isTrue())) {
    assert.ok(Date.now() < deadline, `it never comes true that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exited;
}
