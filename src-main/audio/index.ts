/**
 * Audio: from a file's bytes to what models and meters take. Tells containers by their content, decodes as a stream,
 * mixes down, resamples to 16 kHz, makes mel bands and cuts patches. Pure functions of bytes and samples; owns no
 * table.
 */
export { AUDIO_EXTENSIONS, type Container, detectContainer } from './container';
export { createDescriptors, type Descriptors } from './descriptors';
export { downMix } from './down-mix';
export { createMelFrontEnd, type MelFrontEnd, type MelKind } from './mel';
export { type DecodedAudio, openAudio } from './open-audio';
export { createPatchCutter, type PatchCutter } from './patches';
export { probeContainer } from './probe';
export { createResampler, type Resampler } from './resampler';
export { createPatchSpreader, type PatchSpreader } from './spread-patches';
