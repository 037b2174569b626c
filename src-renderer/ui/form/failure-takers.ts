/** Shows a failure where it belongs; gives false when it cannot. */
type Taker = (failure: unknown) => boolean;
const takers: Taker[] = [];

/** Lets a form show what fails from now on, in place of a notice. @returns what ends that */
export function takeFailures(taker: Taker): () => void {
  takers.push(taker);
  return () => void takers.splice(takers.indexOf(taker), 1);
}

/** Whether a form shows this failure: the one that was opened or submitted last. */
export const isTakenByForm = (failure: unknown): boolean => takers.findLast((taker) => taker(failure)) !== undefined;
