import type { Platform } from "./builds";

/** One step of setting up the agent. */
export interface Step {
  title: string;
  text: string;
  /** What to type, where something is typed. */
  command?: string;
}

/** From the downloaded file to a device that is connected, on one system. `file` is the archive's name. */
export function stepsFor(platform: Platform, file: string, sha256: string): Step[] {
  const enrol: Step = {
    title: "Enrol it",
    text: "The agent asks for the hub's address and an enrolment code. Both are on this page. Once they are entered, the agent shows the notice to acknowledge, and then your status.",
  };
  switch (platform) {
    case "windows":
      return [
        {
          title: "Compare the checksum",
          text: `In PowerShell, in the folder of the file. What it prints has to be ${short(sha256)}, as in the list above.`,
          command: `Get-FileHash .\\${file} -Algorithm SHA256`,
        },
        {
          title: "Unpack and start",
          text: "Unpack the file into a folder that stays, and start muster-agent.exe. If Windows asks whether to trust it, choose “More info” and “Run anyway” only if the checksum was right.",
          command: `Expand-Archive .\\${file} -DestinationPath $env:LOCALAPPDATA\\Muster`,
        },
        enrol,
      ];
    case "macos":
      return [
        {
          title: "Compare the checksum",
          text: `In Terminal, in the folder of the file. What it prints has to be ${short(sha256)}, as in the list above.`,
          command: `shasum -a 256 ${file}`,
        },
        {
          title: "Unpack and start",
          text: "Unpack the file and start muster-agent.",
          command: `tar xzf ${file}`,
        },
        {
          title: "Permit it to see the screen",
          text: "macOS asks once: System Settings, Privacy & Security, Screen & System Audio Recording, and there muster-agent. Without it, pictures stay black and the agent says so.",
        },
        enrol,
      ];
    case "linux":
      return [
        {
          title: "Compare the checksum",
          text: `In a terminal, in the folder of the file. What it prints has to be ${short(sha256)}, as in the list above.`,
          command: `sha256sum ${file}`,
        },
        {
          title: "Unpack and start",
          text: "Unpack the file and start muster-agent. On Wayland the desktop asks once whether the screen may be shared.",
          command: `tar xzf ${file}`,
        },
        enrol,
      ];
  }
}

/** The ends of a hash: enough to compare by eye. */
export function short(sha256: string): string {
  return sha256.length > 16 ? `${sha256.slice(0, 8)}…${sha256.slice(-8)}` : sha256;
}
