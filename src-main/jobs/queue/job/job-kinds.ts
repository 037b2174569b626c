import type { JobRunner } from './job';

/** A kind of work: how it shares the machine with others, what people read about it, and what does it. */
export interface JobKind {
  /** Unique; stored with each job, and its `kind` in the API. */
  readonly kind: string;
  /** For people: what its jobs do. */
  readonly label: string;
  /** How many of its jobs may run at once; asked again before each one begins. */
  readonly concurrency: () => number;
  /** How much the audio of its jobs counts in progress, speed and the time left: 0 not at all, 1 in full. */
  readonly weight: number;
  /** Kinds with a higher priority begin their jobs first; within a kind, the source of each job decides. */
  readonly priority: number;
  readonly run: JobRunner;
  /** For people, by the phase that `run` names: what is being done. */
  readonly progressWords: Readonly<Record<string, string>>;
  /** For people, by the outcome that `run` returns: how the job ended. */
  readonly outcomeWords: Readonly<Record<string, string>>;
  /** Set when its jobs are about one file each, which they follow to another path. */
  readonly isOfFile?: true;
  readonly suspension?: Suspension;
}

/** Why no job of a kind begins although nobody paused the queue. */
export interface Suspension {
  /** For people; null while there is none. */
  readonly reason: () => string | null;
  /** A person resumes the queue. */
  readonly end: () => void;
}

/**
 * The kinds that are registered. A job of a kind that is not, such as one of another version's, stays pending and is
 * called by its kind's name. Throws when two kinds have the same name.
 */
export function createJobKinds(kinds: readonly JobKind[]) {
  const byName = new Map(kinds.map((each) => [each.kind, each]));
  if (byName.size < kinds.length) throw new Error('Two kinds of jobs have the same name.');
  return {
    /** By priority, the highest first. */
    list: kinds.toSorted((a, b) => b.priority - a.priority) as readonly JobKind[],
    weightOf: (kind: string): number => byName.get(kind)?.weight ?? 0,
    labelOf: (kind: string): string => byName.get(kind)?.label ?? kind,
    phaseLabelOf: (kind: string, phase: string): string => byName.get(kind)?.progressWords[phase] ?? capitalized(phase),
    outcomeLabelOf: (kind: string, outcome: string): string => byName.get(kind)?.outcomeWords[outcome] ?? outcome,
    suspendedReason(): string | null {
      return kinds.reduce<string | null>((found, { suspension }) => found ?? suspension?.reason() ?? null, null);
    },
    endSuspensions(): void {
      for (const { suspension } of kinds) suspension?.end();
    },
  };
}
export type JobKinds = ReturnType<typeof createJobKinds>;

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
