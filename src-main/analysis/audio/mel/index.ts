/** Mel: bands of a 16 kHz signal as the embedding models met them in training, cut into patches. */
export { createMelFrontEnd, type MelFrontEnd, type MelKind } from './mel';
export { LANES } from './mel-code';
export { type MelRecipe, prepareMelKernels } from './mel-kernel';
export { createPatchCutter } from './patches';
export { createPatchSpreader } from './spread-patches';
