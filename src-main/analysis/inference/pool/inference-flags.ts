/**
 * Sound passes through as many short-lived buffers, which lie outside the heap and go only when it is collected: with
 * room for few of them it is collected often, and three hours of Ogg take 222 MB in place of 363. Collecting on the
 * worker's own thread leaves the other cores to the other workers; collecting at once, where nobody waits for a frame,
 * costs less than in many small steps.
 */
export const INFERENCE_FLAGS: readonly string[] = [
  '--max-semi-space-size=4',
  '--single-threaded-gc',
  '--no-incremental-marking',
];
