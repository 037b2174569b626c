/** Mel: bands of a 16 kHz signal as the embedding models met them in training, cut into patches. */
export { createMelFrontEnd, type MelFrontEnd, type MelKind } from './mel';
export { createPatchCutter, type PatchCutter } from './patches';
export { createPatchSpreader, type PatchSpreader } from './spread-patches';
