import { findSpecimen, type SpecimenName } from './specimens';
import styles from './Workbench.module.css';

/** The page inside a frame of the workbench: for what lies over a whole page, or is one. */
export function FramedSpecimen(name: SpecimenName) {
  const specimen = findSpecimen(name);
  if (!specimen) return <p>There is no specimen of this name.</p>;
  return (
    <main className={styles.framed} data-framed={name.component}>
      {specimen.isPage || <h1 className="visually-hidden">{`${name.component}: ${name.state}`}</h1>}
      {specimen.show}
    </main>
  );
}
