import { ImageOff } from "lucide-react";
import { useState } from "react";
import { keepSession } from "@/lib/http/keepSession";
import { cx } from "@/ui/cx";
import styles from "./Picture.module.css";

interface PictureProps {
  src: string;
  alt: string;
  className?: string | undefined;
  loading?: "lazy" | "eager";
}

type Try = "first" | "second" | "given_up";

/** A picture that only who is signed in may see. The browser asks once; if that was too late, the session is renewed first. */
export function Picture({ src, alt, className, loading = "eager" }: PictureProps) {
  const [attempt, setAttempt] = useState<Try>("first");

  function onError(): void {
    if (attempt !== "first") {
      setAttempt("given_up");
      return;
    }
    keepSession().then(
      () => setAttempt("second"),
      () => setAttempt("given_up"),
    );
  }

  if (attempt === "given_up") {
    return (
      <span className={cx(styles.missing, className)}>
        <ImageOff size={20} aria-hidden />
        <span>No picture</span>
      </span>
    );
  }
  return (
    <img key={attempt} src={src} alt={alt} className={className} loading={loading} decoding="async" onError={onError} />
  );
}
