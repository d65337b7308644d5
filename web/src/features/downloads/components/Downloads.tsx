import { useQuery } from "@tanstack/react-query";
import { Download, PackageOpen } from "lucide-react";
import { useState } from "react";
import type { Build } from "@/api/types";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Card";
import { CopyField } from "@/ui/CopyField";
import { EmptyState } from "@/ui/EmptyState";
import { Notice } from "@/ui/Notice";
import { downloadPath, downloadsQuery } from "../api/downloads";
import { agentsFor, PLATFORMS, type Platform, platformOf, processorWord, sizeWord } from "../model/builds";
import { stepsFor } from "../model/steps";
import styles from "./Downloads.module.css";

interface DownloadsProps {
  platform: Platform | undefined;
  onPlatform: (platform: Platform) => void;
  /** Whether to say where builds come from. */
  canOperate: boolean;
}

/** The agent for each system, with its checksum and the steps that set it up. */
export function Downloads({ platform, onPlatform, canOperate }: DownloadsProps) {
  const builds = useQuery(downloadsQuery);
  const [own] = useState(() => platformOf(navigator.userAgent));
  const shown = platform ?? own ?? "windows";
  const word = PLATFORMS.find((one) => one.platform === shown)?.word ?? "";
  const agents = builds.data && agentsFor(builds.data, shown);
  const [first] = agents ?? [];
  return (
    <Card title="The agent">
      <fieldset className={styles.systems}>
        <legend className="visually-hidden">System</legend>
        {PLATFORMS.map((one) => (
          <label key={one.platform} className={styles.system}>
            <input
              type="radio"
              name="platform"
              value={one.platform}
              checked={one.platform === shown}
              onChange={() => onPlatform(one.platform)}
            />
            <span>
              {one.word}
              {one.platform === own && <span className={styles.own}>this computer</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {builds.error && !builds.data && (
        <Notice tone="error" action={<Button onClick={() => void builds.refetch()}>Try again</Button>}>
          {builds.error.message}
        </Notice>
      )}
      {!agents && !builds.error && <div className={styles.skeleton} aria-hidden="true" />}
      {agents && !first && (
        <EmptyState icon={<PackageOpen size={20} aria-hidden />} title={`There is no agent for ${word} here`}>
          {canOperate ? (
            <>
              Put the build and its line of <code>SHA256SUMS</code> into the folder <code>downloads</code> of the hub's
              data folder; <code>cargo xtask dist</code> writes both. It appears here at once.
            </>
          ) : (
            "Ask your administrator: builds are put on the hub by whoever operates it."
          )}
        </EmptyState>
      )}
      {agents && first && (
        <>
          <BuildList builds={agents.filter(({ version }) => version === first.version)} />
          <Older builds={agents.filter(({ version }) => version !== first.version)} />
          <Steps platform={shown} word={word} build={first} />
        </>
      )}
    </Card>
  );
}

function BuildList({ builds }: { builds: readonly Build[] }) {
  return (
    <ul className={styles.builds}>
      {builds.map((build) => (
        <li key={build.file} className={styles.build}>
          <div className={styles.buildHead}>
            <div className={styles.buildWords}>
              <p className={styles.version}>{`Version ${build.version}`}</p>
              <p className={styles.detail}>
                {[processorWord(build.target), sizeWord(build.bytes), build.file].filter(Boolean).join(" · ")}
              </p>
            </div>
            <a className={styles.download} href={downloadPath(build.file)} download={build.file}>
              <Download size={16} aria-hidden />
              <span>
                Download<span className="visually-hidden">{` ${build.file}`}</span>
              </span>
            </a>
          </div>
          <CopyField label="SHA-256" text={build.sha256} />
        </li>
      ))}
    </ul>
  );
}

/** What came before: there if the newest one does not work somewhere. */
function Older({ builds }: { builds: readonly Build[] }) {
  if (builds.length === 0) return null;
  return (
    <details className={styles.older}>
      <summary>{builds.length === 1 ? "1 older build" : `${builds.length} older builds`}</summary>
      <BuildList builds={builds} />
    </details>
  );
}

function Steps({ platform, word, build }: { platform: Platform; word: string; build: Build }) {
  return (
    <>
      <h3 className={styles.heading}>{`Set up on ${word}`}</h3>
      <ol className={styles.steps}>
        {stepsFor(platform, build.file, build.sha256).map(({ title, text, command }) => (
          <li key={title} className={styles.step}>
            <p className={styles.stepTitle}>{title}</p>
            <p>{text}</p>
            {command && <CopyField label="Command" text={command} />}
          </li>
        ))}
      </ol>
    </>
  );
}
