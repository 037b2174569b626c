/**
 * Audio: from a file's bytes to what models and meters take. Tells containers by their content, decodes as a stream,
 * mixes down, resamples to 16 kHz, makes mel bands and cuts patches. Pure functions of bytes and samples; owns no
 * table.
 */

export { openAudio } from './decode';
export { createDescriptors, type Descriptors } from './descriptors';
export { canBeginByFfmpeg, type Ffmpeg, findFfmpeg } from './ffmpeg';
export {
  createMelFrontEnd,
  createPatchCutter,
  createPatchSpreader,
  type MelFrontEnd,
  type MelKind,
} from './mel';
export { createResampler, downMix } from './resample';
export {
  AAC_RATES,
  AUDIO_EXTENSIONS,
  adtsFrame,
  adtsFrameLength,
  type FrameHeader,
  type MpegFrame,
  mpegFrame,
  mpegFrameLength,
  probeContainer,
  statedLength,
} from './source';
