import { useId } from "react";
import type { PolicyLayer, PolicyScope, PolicySettings } from "@/api/types";
import { inherited, sourceOf } from "../model/inheritance";
import { type Setting, type SettingKey, valueWord } from "../model/settings";
import styles from "./PolicyEditor.module.css";
import { SourceMark } from "./SourceMark";

type Value = PolicySettings[SettingKey];

interface PolicySettingProps {
  setting: Setting;
  scope: PolicyScope;
  layers: readonly PolicyLayer[];
  /** What this layer decides; `null`: nothing. */
  value: Value;
  onChange: (value: Value) => void;
  error: string | undefined;
}

/** One setting: what it means, what is chosen here, and what holds because of it. */
export function PolicySetting({ setting, scope, layers, value, onChange, error }: PolicySettingProps) {
  const { key, word, means, options } = setting;
  const id = useId();
  const above = inherited(layers, scope, key);
  const isOwn = value != null;
  const holds = isOwn ? { value, source: sourceOf(scope) } : above;
  // A value that an older client stored and that no option has is one more option.
  const isListed = !isOwn || options.some((option) => option.value === value);
  return (
    <div className={styles.setting}>
      <div>
        <label htmlFor={id} className={styles.word}>
          {word}
        </label>
        <p id={`${id}-means`} className={error ? styles.error : styles.means}>
          {error ?? means}
        </p>
      </div>
      <select
        id={id}
        className={styles.choice}
        data-own={isOwn || undefined}
        aria-describedby={`${id}-means`}
        value={isOwn ? JSON.stringify(value) : ""}
        onChange={(event) => onChange(event.target.value === "" ? null : (JSON.parse(event.target.value) as Value))}
      >
        <option value="">{`${above.source === "hub" ? "Default" : "Inherit"}: ${valueWord(key, above.value)}`}</option>
        {!isListed && <option value={JSON.stringify(value)}>{valueWord(key, value)}</option>}
        {options.map((option) => (
          <option key={option.word} value={JSON.stringify(option.value)}>
            {option.word}
          </option>
        ))}
      </select>
      <div className={styles.holds}>
        <span>{valueWord(key, holds.value)}</span>
        <SourceMark source={holds.source} isOwn={isOwn} />
      </div>
    </div>
  );
}
