import styles from "./WallSkeleton.module.css";

const TILES = Array.from({ length: 12 }, (_, index) => `tile ${index}`);

/** The wall before anybody is known. */
export function WallSkeleton() {
  return (
    <div className={styles.tiles} aria-hidden="true">
      {TILES.map((tile) => (
        <div key={tile} className={styles.tile} />
      ))}
    </div>
  );
}
