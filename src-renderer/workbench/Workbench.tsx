import { Select } from '../ui';
import { addressOf, type ShownTheme } from './address';
import { componentNames, SPECIMENS, type Specimen } from './specimens';
import styles from './Workbench.module.css';

const THEMES = [
  ['both', 'Light and dark'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Every component in every state. */
export function Workbench({ theme }: { theme: ShownTheme }) {
  return (
    <main className={styles.workbench}>
      <header className={styles.header}>
        <h1>Workbench</h1>
        <Select
          label="Theme"
          value={theme}
          options={THEMES}
          onChange={(chosen) => window.location.assign(`?theme=${chosen}`)}
        />
      </header>
      <nav aria-label="Components" className={styles.contents}>
        {componentNames.map((name) => (
          <a key={name} href={`#${name}`}>
            {name}
          </a>
        ))}
      </nav>
      {componentNames.map((name) => (
        <section key={name} id={name} data-component={name} aria-labelledby={`${name}-title`}>
          <h2 id={`${name}-title`}>{name}</h2>
          <div className={styles.specimens}>
            {SPECIMENS[name].map((specimen) => (
              <Shown key={specimen.state} theme={theme} component={name} specimen={specimen} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

interface ShownProps {
  theme: ShownTheme;
  component: string;
  specimen: Specimen;
}

function Shown({ theme, component, specimen }: ShownProps) {
  const { state, show, pageHeight, isWide, like } = specimen;
  const themes = theme === 'both' ? (['light', 'dark'] as const) : [theme];
  return (
    <figure className={isWide || pageHeight ? styles.wide : undefined}>
      <figcaption className={styles.caption}>{state}</figcaption>
      <div className={styles.themes}>
        {themes.map((each) => (
          <div key={each} className={`${styles.ground} ${styles[each]}`} data-like={like}>
            {pageHeight ? (
              <iframe
                title={`${component}: ${state}, ${each}`}
                src={addressOf(each, { component, state })}
                height={pageHeight}
                loading="lazy"
                className={styles.frame}
              />
            ) : (
              show
            )}
          </div>
        ))}
      </div>
    </figure>
  );
}
