import type { WritePlan } from '../../src-main/library/tagging/plan/contract';
import { hrefOf } from '../router';
import { Button, count, Icon, Loaded, number, Page, Panel, Progress } from '../ui';
import { PlanFields } from './PlanFields';
import { PlanRefusals } from './PlanRefusals';
import { PlanSummary } from './PlanSummary';
import { useWritePlan } from './use-write-plan';
import styles from './Write.module.css';
import { WriteOutcome } from './WriteOutcome';
import { cancelPlan } from './write-actions';

/** A write of many files: first what it would change, then how it goes, at last what came of it. */
export function WritePage({ id }: { id: number }) {
  const plan = useWritePlan(id);
  return (
    <Page
      title={plan.data?.title ?? 'Write tags'}
      lead="First what would change. Nothing is written before you say so, and all of it can be undone."
      toolbar={
        <a className={styles.back} href={hrefOf({ screen: 'library' })}>
          <Icon name="back" size={17} /> Library
        </a>
      }
    >
      <Loaded of={plan}>{(found) => <PlanState plan={found} />}</Loaded>
    </Page>
  );
}

function PlanState({ plan }: { plan: WritePlan }) {
  switch (plan.state) {
    case 'planning':
      return <Planning plan={plan} />;
    case 'cancelled':
    case 'failed':
      return (
        <Panel title={plan.state === 'failed' ? 'The plan could not be made' : 'The plan was given up'}>
          <p>{plan.message ?? ''} Nothing was written.</p>
        </Panel>
      );
    default:
      return (
        <>
          {plan.state === 'applied' ? <WriteOutcome plan={plan} /> : <PlanSummary plan={plan} />}
          <PlanFields fields={plan.fields} />
          <PlanRefusals plan={plan} />
        </>
      );
  }
}

function Planning({ plan: { id, lookedAt, total } }: { plan: WritePlan }) {
  const text = `${number(lookedAt)} of ${count(total, 'file')} looked at`;
  return (
    <Panel title="Looking at the files …">
      <p className={styles.line} role="status">
        {text}
      </p>
      <Progress label="Plan" value={total > 0 ? lookedAt / total : undefined} text={text} />
      <div className={styles.buttons}>
        <Button icon="close" onClick={() => void cancelPlan(id)}>
          Give the plan up
        </Button>
      </div>
    </Panel>
  );
}
