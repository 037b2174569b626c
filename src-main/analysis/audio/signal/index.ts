/**
 * Signal: FFT, framing, filter design, and the WebAssembly that kernels are assembled from. Pure functions of samples.
 */
export { COMPLEX_BYTES, type ComplexLocal, complex } from './complex-code';
export { createRealFft } from './fft';
export { phaseTable } from './filter-design';
export { createFramer } from './framer';
export {
  assemble,
  bind,
  type Code,
  choose,
  createMemory,
  doWhile,
  f32,
  f32x4,
  get,
  I32,
  i32,
  i32x4,
  set,
  V128,
  type WasmFunction,
  type WasmMemory,
  type WasmModule,
} from './web-assembly';
