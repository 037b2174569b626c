import type { AnswersOf } from '../routes';
import { answerLibrary } from './answer-library';
import { answerQueueOf } from './answer-queue';
import { answerSystem } from './answer-system';
import type { nomarrContract } from './contract';
import type { NomarrDeps } from './deps';

/** Answers what scripts made for Nomarr ask, with what the domains know. */
export function answerNomarr(deps: NomarrDeps): AnswersOf<typeof nomarrContract> {
  return { ...answerQueueOf(deps), ...answerLibrary(deps), ...answerSystem(deps) };
}
