/** Codec: what every codec is given and gives, and how the WebAssembly ones are driven. */
export type { Codec, CodecInput, Damage, DecodedBlock } from './codec';
export { CopyProtectedError } from './copy-protected';
export { decodeSegments } from './segments';
export { blockOf, decodePieces, quietly, type WasmDecoder } from './wasm';
export { type FrameKind, wholeFrames } from './whole-frames';
