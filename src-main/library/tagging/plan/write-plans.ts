import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { JobSource } from '../../../jobs/queue';
import type { Database, Reader } from '../../../platform/database';
import type { EventBus } from '../../../platform/events';
import { AppError, toFailure } from '../../../rpc';
import type { TrackRepository } from '../../tracks';
import { type Chosen, type ChosenTracksDeps, createChosenTracks } from './chosen-tracks';
import type { WritePlan, WritePlansEvents, WriteSelection } from './contract';
import { createFieldCounts } from './field-counts';
import type { JudgeTrack } from './judge-track';
import type { FilesQuestion, PlanQueries } from './plan-queries';
import { createPlanStore, type StoredPlan } from './plan-store';
import { createQueuePlan, type QueuePlanDeps } from './queue-plan';
import type { SelectionQueries } from './selection-queries';

export interface WritePlansDeps extends ChosenTracksDeps, Omit<QueuePlanDeps, 'store'> {
  readonly db: Database;
  readonly reader: Reader<SelectionQueries & PlanQueries>;
  readonly tracks: Pick<TrackRepository, 'find' | 'get'>;
  readonly judge: JudgeTrack;
  readonly events: Pick<EventBus<WritePlansEvents>, 'emit'>;
  readonly report: (thrown: unknown) => void;
  readonly now?: () => Date;
}

/** Files that are read at the same time, and noted together. */
const AT_ONCE = 16;

/**
 * Bulk writes: first a plan, which reads every file and writes none; then, when somebody says so, exactly that plan as
 * jobs of one batch, which can be cancelled and undone as a whole. However many tracks are chosen, a plan holds no more
 * than a page of them in memory.
 */
export function createWritePlans(deps: WritePlansDeps) {
  const { reader, events, now = () => new Date() } = deps;
  const store = createPlanStore(deps.db);
  const chosen = createChosenTracks(deps);
  const queuePlan = createQueuePlan({ ...deps, store });
  const running = new Map<number, AbortController>();
  store.endInterrupted('Tonearm was closed while the plan was made.');

  function get(id: number): StoredPlan {
    const plan = store.find(id);
    if (!plan) throw new AppError('not_found', `There is no plan ${id}. It may have been cleaned up; make a new one.`);
    return plan;
  }

  function emit(id: number): void {
    const { state, lookedAt, total } = get(id);
    events.emit('plan.changed', { id, state, lookedAt, total });
  }

  async function show(id: number): Promise<WritePlan> {
    return { ...get(id), ...(await reader.read('tagging.sumPlan', id)) };
  }

  async function judgeOne(id: number, asked: Chosen, signal: AbortSignal): Promise<void> {
    const fields = createFieldCounts();
    for await (const ids of chosen.pages(asked)) {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const judged = await Promise.all(ids.slice(at, at + AT_ONCE).map(deps.judge));
        if (signal.aborted) return;
        store.note(
          id,
          judged.map(({ planned, ...verdict }) => verdict),
        );
        for (const { planned } of judged) if (planned) fields.add(planned);
        emit(id);
        await yieldToEventLoop();
      }
    }
    if (!signal.aborted) store.finish(id, fields.list());
  }

  async function make(id: number, asked: Chosen): Promise<void> {
    const control = new AbortController();
    running.set(id, control);
    try {
      await judgeOne(id, asked, control.signal);
      for (const _ of store.forgetOld()) await yieldToEventLoop();
    } catch (thrown) {
      if (control.signal.aborted) return;
      const { code, message } = toFailure(thrown);
      if (code === 'internal') deps.report(thrown);
      store.end(id, 'failed', message);
    } finally {
      running.delete(id);
    }
    if (!control.signal.aborted) emit(id);
  }

  return {
    get: show,
    /** Begins to look at the files; resolves at once. Throws `not_found`, `outside_library`. */
    async create(selection: WriteSelection): Promise<WritePlan> {
      const asked = await chosen.find(selection);
      const total = await chosen.count(asked);
      const { id } = store.add(chosen.titleOf(selection, total), total, now().toISOString());
      void make(id, asked);
      return show(id);
    },
    files: (question: FilesQuestion) => {
      get(question.id);
      return reader.read('tagging.listPlanned', question);
    },
    async cancel(id: number): Promise<WritePlan> {
      const { state } = get(id);
      if (state === 'applied') throw new AppError('conflict', 'The plan is being written already. Cancel its jobs.');
      running.get(id)?.abort();
      store.end(id, 'cancelled');
      emit(id);
      return show(id);
    },
    /** Throws `conflict` when the plan is not finished, was given up or is written already. */
    async write(id: number, source: JobSource): Promise<{ queued: number; batchId: number | null }> {
      const plan = await show(id);
      if (get(id).state !== 'ready')
        throw new AppError('conflict', REFUSED[plan.state] ?? 'The plan was written already.');
      store.end(id, 'applied');
      const result = plan.write.files === 0 ? { queued: 0, batchId: null } : await queuePlan(plan, source);
      emit(id);
      return result;
    },
    /** Gives up what is being planned. */
    stop(): void {
      for (const control of running.values()) control.abort();
    },
  };
}
export type WritePlans = ReturnType<typeof createWritePlans>;

const REFUSED: Readonly<Partial<Record<WritePlan['state'], string>>> = {
  planning: 'The plan is not finished yet.',
  cancelled: 'The plan was given up. Make a new one.',
  failed: 'The plan could not be made. Make a new one.',
};
