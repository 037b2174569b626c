import { type Code, f32x4, get, set } from './web-assembly';

/** Four complex numbers in two vectors; in memory the real parts come first. */
export interface Complex {
  readonly re: Code;
  readonly im: Code;
}

/** The locals that hold one. */
export type ComplexLocal = readonly [re: number, im: number];

export const COMPLEX_BYTES = 32;
const IMAGINARY = COMPLEX_BYTES / 2;

export const complex = {
  get: ([re, im]: ComplexLocal): Complex => ({ re: get(re), im: get(im) }),
  /** The value may not be made of the local itself: that has changed when the imaginary part is computed. */
  set: ([re, im]: ComplexLocal, value: Complex): Code => [...set(re, value.re), ...set(im, value.im)],
  load: (address: Code, offset = 0): Complex => ({
    re: f32x4.load(address, offset),
    im: f32x4.load(address, offset + IMAGINARY),
  }),
  /** Two numbers from memory, one after the other, for all four. */
  loadSame: (address: Code, offset = 0): Complex => ({
    re: f32x4.loadSame(address, offset),
    im: f32x4.loadSame(address, offset + 4),
  }),
  store: (address: Code, { re, im }: Complex): Code => [
    ...f32x4.store(address, re),
    ...f32x4.store(address, im, IMAGINARY),
  ],
  add: (a: Complex, b: Complex): Complex => ({ re: f32x4.add(a.re, b.re), im: f32x4.add(a.im, b.im) }),
  subtract: (a: Complex, b: Complex): Complex => ({
    re: f32x4.subtract(a.re, b.re),
    im: f32x4.subtract(a.im, b.im),
  }),
  conjugate: ({ re, im }: Complex): Complex => ({ re, im: f32x4.negate(im) }),
  /** a + i·b */
  addTurned: (a: Complex, b: Complex): Complex => ({ re: f32x4.subtract(a.re, b.im), im: f32x4.add(a.im, b.re) }),
  /** a − i·b */
  subtractTurned: (a: Complex, b: Complex): Complex => ({
    re: f32x4.add(a.re, b.im),
    im: f32x4.subtract(a.im, b.re),
  }),
  multiply: (a: Complex, b: Complex): Complex => ({
    re: f32x4.subtract(f32x4.multiply(a.re, b.re), f32x4.multiply(a.im, b.im)),
    im: f32x4.add(f32x4.multiply(a.re, b.im), f32x4.multiply(a.im, b.re)),
  }),
};
