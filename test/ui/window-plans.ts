import type { WritePlan, WritePlansEvents, writePlansContract } from '../../src-main/library/tagging/plan/contract';
import type { EventBus } from '../../src-main/platform/events';
import type { HandlersOf } from '../../src-main/rpc/routes';

const AT = '2026-11-20T18:30:00.000Z';

const aPlan = (given: Partial<WritePlan> = {}): WritePlan => ({
  id: 1,
  title: 'Tags of Music',
  state: 'ready',
  message: null,
  createdAt: AT,
  total: 1240,
  lookedAt: 1240,
  write: { files: 1200, changes: 30_012, sizeBytes: 31_000_000_000 },
  unchanged: 30,
  refused: [
    {
      reason: 'hard_linked',
      files: 8,
      message: 'The file has other hard links, and its library leaves such files alone.',
    },
    { reason: 'not_writable', files: 2, message: 'The file is marked as read-only.' },
  ],
  fields: [
    {
      field: 'nom:happy',
      added: 1100,
      changed: 100,
      removed: 0,
      examples: [
        { trackId: 1, title: 'Paper boats', old: [], new: ['0.7213'] },
        { trackId: 2, title: 'Nine lights', old: ['0.5120'], new: ['0.5098'] },
      ],
    },
    {
      field: 'nom:mood-loose',
      added: 900,
      changed: 12,
      removed: 3,
      examples: [{ trackId: 3, title: 'Undertow', old: ['sad'], new: ['relaxed', 'sad'] }],
    },
  ],
  batchId: null,
  standing: 0,
  ...given,
});

/** Plans that are finished as soon as they are asked for. */
export function planHandlers(
  events: Pick<EventBus<WritePlansEvents>, 'emit'>,
): Partial<HandlersOf<typeof writePlansContract>> {
  let plan = aPlan();
  const become = (changes: Partial<WritePlan>) => {
    plan = { ...plan, ...changes };
    events.emit('plan.changed', { id: plan.id, state: plan.state, lookedAt: plan.lookedAt, total: plan.total });
    return plan;
  };
  return {
    create() {
      plan = aPlan({ state: 'planning', lookedAt: 400 });
      setTimeout(() => become({ state: 'ready', lookedAt: plan.total }), 30);
      return plan;
    },
    get: ({ id }) => ({ ...plan, id }),
    files: ({ verdict = 'write' }) => ({
      items: [1, 2].map((trackId) => ({
        ...{ trackId, title: `Paper boats ${trackId}`, artist: 'Ottoline', path: `Ottoline/${trackId}.flac` },
        ...{ verdict, message: null, changes: 0 },
      })),
    }),
    cancel: () => become({ state: 'cancelled' }),
    write() {
      become({ state: 'applied', batchId: 3, standing: 2180 });
      return { queued: plan.write.files, batchId: 3 };
    },
  };
}
