import styles from './QrCode.module.css';

/** The light border that readers need, in modules. */
const BORDER = 4;

/** A QR code, dark on light in every theme: some readers know no other. `path` fills the dark ones of `size` modules. */
export function QrCode({ path, size, label }: { path: string; size: number; label: string }) {
  const whole = size + 2 * BORDER;
  return (
    <svg className={styles.code} viewBox={`${-BORDER} ${-BORDER} ${whole} ${whole}`} role="img" aria-label={label}>
      <path d={path} shapeRendering="crispEdges" />
    </svg>
  );
}
