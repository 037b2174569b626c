import { AppError, type Caller, type Outcome } from '../../rpc';
import type { ReadingThread } from './reading-thread';

/** Who asks, and whether they still wait for the answer. */
export type Asker = Pick<Caller, 'signal' | 'credential' | 'client' | 'transport'>;

interface Question {
  readonly asker: string;
  readonly signal: AbortSignal | undefined;
  readonly name: string;
  readonly input: unknown;
  settle(outcome: Outcome<unknown>): void;
  fail(thrown: unknown): void;
}

const THREADS = 2;
/** So many questions of one may wait; whoever asks more is told at once. */
const MAX_WAITING = 20;

const GONE = new AppError('cancelled', 'Nobody waits for the answer any more.');

/**
 * Shares two threads among those who ask from outside: of each, one question at a time is being answered, and they take
 * turns. A question that nobody waits for any more is dropped, or interrupted when it is being answered.
 */
export function createFairReading(start: (onEnd: () => void) => ReadingThread) {
  /** By who asks; the one whose turn is next comes first. */
  const lines = new Map<string, Question[]>();
  const running = new Set<string>();
  const threads: { thread: ReadingThread | undefined; isBusy: boolean }[] = Array.from({ length: THREADS }, () => ({
    thread: undefined,
    isBusy: false,
  }));
  let isStopped = false;

  /** Takes the first question of somebody who has none that is being answered; they go to the end of the line. */
  function next(): Question | undefined {
    for (const [asker, questions] of lines) {
      if (running.has(asker)) continue;
      const question = questions.shift();
      lines.delete(asker);
      if (questions.length > 0) lines.set(asker, questions);
      if (question) return question;
    }
    return undefined;
  }

  function work(): void {
    const free = threads.filter(({ isBusy }) => !isBusy);
    for (const place of free) {
      const question = next();
      if (!question) return;
      void answer(place, question);
    }
  }

  async function answer(place: (typeof threads)[number], question: Question): Promise<void> {
    place.isBusy = true;
    running.add(question.asker);
    place.thread ??= start(() => {
      place.thread = undefined;
    });
    const { thread } = place;
    const interrupt = () => thread.interrupt();
    question.signal?.addEventListener('abort', interrupt, { once: true });
    try {
      question.settle(await thread.ask(question.name, question.input, true));
    } catch (thrown) {
      question.fail(thrown);
    } finally {
      question.signal?.removeEventListener('abort', interrupt);
      place.isBusy = false;
      running.delete(question.asker);
      if (!isStopped) work();
    }
  }

  function forget(question: Question): void {
    const line = lines.get(question.asker);
    const at = line?.indexOf(question) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    if (line.length === 0) lines.delete(question.asker);
    question.fail(GONE);
  }

  return {
    /** Throws `rate_limited` for one question too many, and `cancelled` when nobody waits for it any more. */
    ask(name: string, input: unknown, { signal, credential, client, transport }: Asker): Promise<Outcome<unknown>> {
      const asker = credential ? `${credential.kind} ${credential.id}` : (client ?? transport);
      const line = lines.get(asker) ?? [];
      if (line.length >= MAX_WAITING)
        throw new AppError('rate_limited', 'Too many questions about the library wait for an answer. Wait for some.', {
          details: [{ retryAfterS: 2 }],
        });
      if (signal?.aborted) throw GONE;
      return new Promise((resolve, reject) => {
        const question: Question = { asker, signal, name, input, settle: resolve, fail: reject };
        signal?.addEventListener('abort', () => forget(question), { once: true });
        line.push(question);
        lines.set(asker, line);
        work();
      });
    },
    async stop(): Promise<void> {
      isStopped = true;
      for (const question of [...lines.values()].flat())
        question.fail(new AppError('cancelled', 'Tonearm is closing.'));
      lines.clear();
      await Promise.all(threads.map(({ thread }) => thread?.end()));
    },
  };
}
