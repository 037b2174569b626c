import { useState } from 'react';
import type { ModelInfo } from '../../src-main/analysis/inference/contract';
import { Badge, Button, bytes, Dialog, Panel, Progress, SwitchField } from '../ui';
import type { BackboneModels } from './backbones';
import styles from './Models.module.css';
import { installModel, removeModel, useDownload, useIsInstalling } from './use-models';

interface Licence {
  name: string;
  url: string;
  summary: string;
}
interface BackboneProps {
  backbone: BackboneModels;
  licence: Licence;
  publisher: string;
}

/** An embedding model and the heads upon it. */
export function Backbone(props: BackboneProps) {
  const { name, models } = props.backbone;
  return (
    <Panel title={name} actions={<InstallBackbone {...props} />}>
      <SumsNotKnown models={models} />
      <ul className={styles.models}>
        {models.map((model) => (
          <ModelRow key={model.name} model={model} />
        ))}
      </ul>
    </Panel>
  );
}

/** Which files nobody can vouch for, said once for all of a backbone. */
function SumsNotKnown({ models }: { models: readonly ModelInfo[] }) {
  const count = models.filter(({ verification, warning }) => verification === 'unverified' && warning).length;
  if (count === 0) return null;
  return (
    <p className={styles.muted}>
      {`Of ${count} of these files the publisher’s sum is not known. Theirs is recorded at the first download; compare it with a copy from elsewhere.`}
    </p>
  );
}

/** That a backbone is there, or the way to it over its licence. */
export function InstallBackbone({ backbone, licence, publisher }: BackboneProps) {
  const [isAsking, setAsking] = useState(false);
  const isInstalling = useIsInstalling(backbone.name);
  if (backbone.isComplete)
    return (
      <Badge tone="good" icon="check">
        installed
      </Badge>
    );
  return (
    <>
      <Button icon="drop" look="primary" isBusy={isInstalling} onClick={() => setAsking(true)}>
        {`Install ${backbone.isInstalled ? 'the rest' : 'all'}${backbone.missingBytes > 0 ? `, ${bytes(backbone.missingBytes)}` : ''}`}
      </Button>
      {isAsking && (
        <LicenceDialog backbone={backbone} licence={licence} publisher={publisher} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function ModelRow({ model }: { model: ModelInfo }) {
  const download = useDownload(model.name);
  const task = model.kind === 'embedding' ? 'Embedding' : model.task.replaceAll('_', ' ');
  return (
    <li>
      <div className={styles.words}>
        <h3>{task}</h3>
        <p className={styles.muted} title={model.warning ?? (model.sha256 ? `SHA-256 ${model.sha256}` : undefined)}>
          {[model.name, model.sizeBytes === null ? undefined : bytes(model.sizeBytes), model.licence]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {model.optimised && <p className={styles.muted}>{optimisedText(model.optimised)}</p>}
      </div>
      {download && model.state === 'available' ? (
        <div className={styles.progress}>
          <Progress
            label={`Download of ${model.name}`}
            value={download.totalBytes ? download.receivedBytes / download.totalBytes : undefined}
            text={`${bytes(download.receivedBytes)}${download.totalBytes ? ` of ${bytes(download.totalBytes)}` : ''}`}
            isSlim
          />
        </div>
      ) : (
        <ModelState model={model} />
      )}
      {model.state !== 'available' && !model.isReadOnly && (
        <Button look="quiet" icon="trash" isIconOnly onClick={() => void removeModel(model.name)}>
          {`Remove ${model.name}`}
        </Button>
      )}
    </li>
  );
}

/** What came of making less work of a model, and by what it is known to give the same. */
function optimisedText({ isUsed, reason, largestDifference, patches, tracks }: NonNullable<ModelInfo['optimised']>) {
  if (!isUsed) return `Runs as published: ${reason}.`;
  const of = tracks > 0 ? `, those of ${tracks} of your tracks among them` : '';
  return `Optimised on this machine: no score differs by more than ${largestDifference?.toExponential(0)} over ${patches} patches${of}.`;
}

function ModelState({ model: { state, verification } }: { model: ModelInfo }) {
  if (state === 'available') return <Badge>not installed</Badge>;
  if (verification === 'differs') {
    return (
      <Badge tone="bad" icon="error">
        not as published
      </Badge>
    );
  }
  if (state === 'needs_labels') {
    return (
      <Badge tone="warn" icon="warning">
        its labels are missing
      </Badge>
    );
  }
  if (state === 'needs_backbone') {
    return (
      <Badge tone="warn" icon="warning">
        its embedding model is missing
      </Badge>
    );
  }
  return (
    <Badge tone="good" icon="check">
      {verification === 'verified' ? 'ready, verified' : 'ready, not verified'}
    </Badge>
  );
}

function LicenceDialog({ backbone, licence, publisher, onClose }: BackboneProps & { onClose(): void }) {
  const [isAccepted, setAccepted] = useState(false);
  function install() {
    onClose();
    void installModel(backbone.name);
  }
  return (
    <Dialog
      title={`Install ${backbone.name}`}
      onClose={onClose}
      onSubmit={install}
      actions={
        <Button type="submit" look="primary" disabled={!isAccepted}>
          Download and install
        </Button>
      }
    >
      <p>
        The models come from {publisher}
        {backbone.missingBytes > 0 && `, ${bytes(backbone.missingBytes)} in all`}. They are not part of Tonearm and have
        a licence of their own:
      </p>
      <p>
        <strong>{licence.name}</strong>. {licence.summary}
      </p>
      <p className={styles.muted}>{licence.url}</p>
      <SwitchField label="I accept this licence" isOn={isAccepted} onChange={setAccepted} />
    </Dialog>
  );
}
