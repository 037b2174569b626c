/**
 * Demo: a small library of synthetic music, so that anyone sees the application alive in a minute. Pieces of known
 * tempo and key in a dozen styles, the same for the same seed; the benchmark of tempo and key listens to them too.
 */
export { makeDemoLibrary } from './demo-library';
export { KEYS } from './harmony';

export { STYLE_NAMES, STYLES, type StyleName } from './styles';
export { renderPiece } from './synthesize';
export { encodeWav, wavHeader } from './wav';
