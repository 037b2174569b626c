/** Resample: mixes to mono and changes the rate with a polyphase filter. */
export { downMix } from './down-mix';
export { createResampler } from './resampler';
