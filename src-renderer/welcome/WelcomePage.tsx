import { useEffect, useRef } from 'react';
import { Button, Page } from '../ui';
import { FirstTracks } from './FirstTracks';
import { FolderStep } from './FolderStep';
import { ModelsStep } from './ModelsStep';
import { QualityStep } from './QualityStep';
import styles from './Welcome.module.css';
import { endWelcome, STEPS, type Step, useWelcome } from './welcome-store';

const TITLES: Readonly<Record<Step, string>> = {
  folder: 'Where is your music?',
  quality: 'Analysis quality',
  models: 'Choose what to detect',
  analysis: 'The first tracks',
};

/** The way from nothing to the first tracks, one question at a time. */
export function WelcomePage() {
  const step = useWelcome((state) => state.step);
  return (
    <Page
      title="Welcome to Tonearm"
      lead="It analyzes your music and writes what it detects as tags, for every player to use."
      toolbar={
        step !== 'analysis' && (
          <Button look="quiet" onClick={() => void endWelcome()}>
            Skip the first steps
          </Button>
        )
      }
    >
      <section className={styles.card} aria-labelledby="step">
        <p className={styles.count}>
          Step {STEPS.indexOf(step) + 1} of {STEPS.length}
        </p>
        <Heading key={step} step={step} />
        <StepContent step={step} />
      </section>
    </Page>
  );
}

/** A step that follows another begins with its question, for those who hear the page too. */
function Heading({ step }: { step: Step }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(step === 'folder');
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} id="step" className={styles.question} tabIndex={-1}>
      {TITLES[step]}
    </h2>
  );
}

function StepContent({ step }: { step: Step }) {
  switch (step) {
    case 'folder':
      return <FolderStep />;
    case 'quality':
      return <QualityStep />;
    case 'models':
      return <ModelsStep />;
    case 'analysis':
      return <FirstTracks />;
  }
}
