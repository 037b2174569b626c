import type { AnswersOf } from '../../rpc';
import type { nomarrContract } from './contract';
import type { NomarrDeps } from './deps';
import { answerLibrary } from './library-handlers';
import { answerQueueOf } from './queue-handlers';
import { answerSystem } from './system-handlers';

/** Answers what scripts made for Nomarr ask, with what the domains know. */
export function answerNomarr(deps: NomarrDeps): AnswersOf<typeof nomarrContract> {
  return { ...answerQueueOf(deps), ...answerLibrary(deps), ...answerSystem(deps) };
}
