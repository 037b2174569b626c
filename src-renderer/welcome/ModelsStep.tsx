import { backbonesOf, InstallBackbone, useIsAnyInstalling, useModels } from '../models';
import { Button, count, Loaded } from '../ui';
import styles from './Welcome.module.css';
import { beginAnalysis, goToStep } from './welcome-store';

const DETECTED: Readonly<Record<string, string>> = {
  musicnn: 'moods, voice, danceability; small and quick',
  effnet: 'moods and 400 genres; larger',
};

/** Offers the models with their licence; without any there is still tempo, key and loudness. */
export function ModelsStep() {
  const models = useModels();
  const isInstalling = useIsAnyInstalling();
  return (
    <div className={styles.step}>
      <p>Tempo, key and loudness are detected without any. Models detect more, and can be installed later too.</p>
      <Loaded of={models} lines={3}>
        {({ models: all, licence, publisher, unavailable }) => (
          <>
            {unavailable && (
              <p role="note" className={styles.warning}>
                {unavailable}
              </p>
            )}
            <ul className={styles.backbones} aria-label="Models">
              {backbonesOf(all).map((backbone) => (
                <li key={backbone.name}>
                  <span>
                    <strong>{backbone.name}</strong>
                    <span className={styles.hint}>
                      {DETECTED[backbone.name] ?? 'models of your own'} · {count(backbone.models.length, 'model')}
                    </span>
                  </span>
                  <InstallBackbone backbone={backbone} licence={licence} publisher={publisher} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <div className={styles.buttons}>
        <Button icon="back" onClick={() => goToStep('quality')}>
          Back
        </Button>
        <Button look="primary" isBusy={isInstalling} onClick={() => void beginAnalysis()}>
          Start the analysis
        </Button>
      </div>
    </div>
  );
}
