import {
  COMPLEX_BYTES,
  type Code,
  type ComplexLocal,
  complex,
  doWhile,
  f32x4,
  get,
  I32,
  i32,
  i32x4,
  set,
  V128,
  type WasmFunction,
} from '../signal';

/** What distinguishes one front end from another. */
export interface MelShape {
  readonly hop: number;
  readonly bands: number;
  /** The bands sum up magnitudes instead of powers. */
  readonly isOfMagnitudes: boolean;
  /** Of what a band sums up to, factor · ln(offset + scale · x) is given. */
  readonly compression: { readonly factor: number; readonly offset: number; readonly scale: number };
}

/** Addresses in the kernel's memory. Its tables are filled by who runs the code. */
export interface MelLayout {
  /** 512 numbers, zero after the frame. Half the window: the untangling adds what should be halved. */
  readonly window: number;
  /** A step for each butterfly of the transform, in the order of their doing. */
  readonly butterflies: number;
  /** −i · e^(−2πik/512) for k = 0…128. */
  readonly turns: number;
  /** For each band the address of the first power that it sees, and that of the end of its weights. */
  readonly bands: number;
  readonly weights: number;
  /** Room for one complex number more than the transform has points. */
  readonly spectrum: number;
  /** Where the transform's other buffer lies too, which is free by then. */
  readonly powers: number;
}

/** Frames that are computed together. */
export const LANES = 4;
export const FFT_SIZE = 512;
/** Of the complex transform: the even samples are its real parts, the odd ones its imaginary parts. */
export const POINTS = FFT_SIZE / 2;
/** Four passes of as many butterflies as there are points in a quarter. */
export const BUTTERFLIES = POINTS;
/** Where to read, where to write, how far apart, and three factors. */
export const BUTTERFLY_BYTES = 36;
export const TURN_BYTES = 8;
export const BAND_BYTES = 8;
export const VECTOR_BYTES = 16;

/** The parameters: where the first of the four frames begins, and where the first of the four rows of bands goes. */
const [FROM, OUT] = [0, 1];
const [step, at, far] = [2, 3, 4];
const integers = [step, at, far];
const vectors = Array.from({ length: 18 }, (_, i) => 5 + i);
const [a, b, c, d, sum, difference, farSum, farDifference, factor] = Array.from(
  { length: 9 },
  (_, i): ComplexLocal => [vectors[2 * i], vectors[2 * i + 1]],
);

/**
 * Mel bands of four frames at once, a frame a lane: everything is written as for one, and no lane ever meets another.
 */
export function melFunction(shape: MelShape, layout: MelLayout): WasmFunction {
  return {
    parameters: [I32, I32],
    locals: [...integers.map((): typeof I32 => I32), ...vectors.map((): typeof V128 => V128)],
    body: [windowing(shape, layout), transform(layout), untangling(shape, layout), bands(shape, layout)],
  };
}

const move = (local: number, bytes: number): Code => set(local, i32.add(get(local), i32.of(bytes)));
const moveBack = (local: number, bytes: number): Code => set(local, i32.subtract(get(local), i32.of(bytes)));

/** Sample by sample, those of the four frames beside each other. */
function windowing({ hop }: MelShape, { window, spectrum }: MelLayout): Code {
  let samples = f32x4.of(0);
  for (let lane = 0; lane < LANES; lane++) {
    samples = f32x4.loadLane(get(FROM), samples, { lane, offset: 4 * hop * lane });
  }
  return [
    ...set(step, i32.of(window)),
    ...set(at, i32.of(spectrum)),
    ...doWhile(i32.isLess(get(step), i32.of(window + 4 * FFT_SIZE)), [
      f32x4.store(get(at), f32x4.multiply(samples, f32x4.loadSame(get(step)))),
      move(FROM, 4),
      move(step, 4),
      move(at, VECTOR_BYTES),
    ]),
  ];
}

/**
 * Stockham's transform in radix 4, decimation in frequency: each pass goes from one buffer to the other, reading always
 * at four quarters and writing so that in the end all is in order.
 *
 * @see C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, §1.7 and §2.4
 */
function transform({ butterflies }: MelLayout): Code {
  const quarter = (POINTS / 4) * COMPLEX_BYTES;
  const read = (i: number) => complex.load(get(at), i * quarter);
  const writeTurned = (i: number, value: ComplexLocal): Code[] => [
    complex.set(factor, complex.loadSame(get(step), 12 + 8 * (i - 1))),
    set(far, i32.add(get(far), i32.load(get(step), 8))),
    complex.store(get(far), complex.multiply(complex.get(value), complex.get(factor))),
  ];
  return [
    ...set(step, i32.of(butterflies)),
    ...doWhile(i32.isLess(get(step), i32.of(butterflies + BUTTERFLIES * BUTTERFLY_BYTES)), [
      set(at, i32.load(get(step))),
      ...[a, b, c, d].map((local, i) => complex.set(local, read(i))),
      complex.set(sum, complex.add(complex.get(a), complex.get(c))),
      complex.set(difference, complex.subtract(complex.get(a), complex.get(c))),
      complex.set(farSum, complex.add(complex.get(b), complex.get(d))),
      complex.set(farDifference, complex.subtract(complex.get(b), complex.get(d))),
      set(far, i32.load(get(step), 4)),
      complex.store(get(far), complex.add(complex.get(sum), complex.get(farSum))),
      complex.set(a, complex.subtractTurned(complex.get(difference), complex.get(farDifference))),
      complex.set(b, complex.subtract(complex.get(sum), complex.get(farSum))),
      complex.set(c, complex.addTurned(complex.get(difference), complex.get(farDifference))),
      ...[a, b, c].flatMap((local, i) => writeTurned(i + 1, local)),
      move(step, BUTTERFLY_BYTES),
    ]),
  ];
}

/**
 * The powers of the bins k and 256 − k of the real signal, which come from the same two points. The point 256 is the
 * point 0 again.
 *
 * @see Press et al., Numerical Recipes, 3rd ed., §12.3.2, "FFT of single real function"
 */
function untangling({ isOfMagnitudes }: MelShape, { turns, spectrum, powers }: MelLayout): Code {
  const [near, mirrored, even, odd, turned, bin] = [a, b, c, d, sum, difference];
  const [evenNow, turnedNow] = [complex.get(even), complex.get(turned)];
  const square = (part: number) => f32x4.multiply(get(part), get(part));
  const power = f32x4.add(square(bin[0]), square(bin[1]));
  const strength = isOfMagnitudes ? f32x4.squareRoot(power) : power;
  /** What `at` and `far` go by through powers, which are half as long as complex numbers. */
  const powerOf = (local: number) => i32.add(i32.of(powers), i32.half(i32.subtract(get(local), i32.of(spectrum))));
  const last = spectrum + POINTS * COMPLEX_BYTES;
  return [
    ...complex.store(i32.of(last), complex.load(i32.of(spectrum))),
    ...set(step, i32.of(turns)),
    ...set(at, i32.of(spectrum)),
    ...set(far, i32.of(last)),
    ...doWhile(i32.isLess(get(at), i32.add(get(far), i32.of(1))), [
      complex.set(near, complex.load(get(at))),
      complex.set(mirrored, complex.conjugate(complex.load(get(far)))),
      complex.set(even, complex.add(complex.get(near), complex.get(mirrored))),
      complex.set(odd, complex.subtract(complex.get(near), complex.get(mirrored))),
      complex.set(factor, complex.loadSame(get(step))),
      complex.set(turned, complex.multiply(complex.get(odd), complex.get(factor))),
      complex.set(bin, complex.add(evenNow, turnedNow)),
      f32x4.store(powerOf(at), strength),
      complex.set(bin, complex.subtract(evenNow, turnedNow)),
      f32x4.store(powerOf(far), strength),
      move(step, TURN_BYTES),
      move(at, COMPLEX_BYTES),
      moveBack(far, COMPLEX_BYTES),
    ]),
  ];
}

/** Of each band the weighted sum and its logarithm, one after the other in the row of each frame. */
function bands(shape: MelShape, layout: MelLayout): Code {
  const { factor: scaled, offset, scale } = shape.compression;
  const [total, value, result] = vectors;
  const rowBytes = 4 * shape.bands;
  return [
    ...set(step, i32.of(layout.bands)),
    ...set(far, i32.of(layout.weights)),
    ...doWhile(i32.isLess(get(step), i32.of(layout.bands + shape.bands * BAND_BYTES)), [
      set(at, i32.load(get(step))),
      set(total, f32x4.of(0)),
      doWhile(i32.isLess(get(far), i32.load(get(step), 4)), [
        set(total, f32x4.add(get(total), f32x4.multiply(f32x4.load(get(at)), f32x4.loadSame(get(far))))),
        move(at, VECTOR_BYTES),
        move(far, 4),
      ]),
      set(value, f32x4.add(f32x4.of(offset), f32x4.multiply(f32x4.of(scale), get(total)))),
      logarithm(value, result),
      set(result, f32x4.multiply(f32x4.of(scaled), get(result))),
      ...Array.from({ length: LANES }, (_, lane) =>
        f32x4.storeLane(get(OUT), get(result), { lane, offset: rowBytes * lane }),
      ),
      move(OUT, 4),
      move(step, BAND_BYTES),
    ]),
  ];
}

/**
 * ln of what is above zero: of 2^e · m, e · ln 2 + ln m, where m lies between √½ and √2, ln m = 2 artanh(s) and
 * s = (m − 1) / (m + 1). Five terms of that series are as exact as single precision.
 */
function logarithm(value: number, result: number): Code {
  const [exponent, mantissa, s, square] = vectors.slice(4);
  const MANTISSA_BITS = 23;
  const one = f32x4.of(1);
  const series = [1 / 7, 1 / 5, 1 / 3, 1].reduce(
    (sum, coefficient) => f32x4.add(f32x4.of(coefficient), f32x4.multiply(get(square), sum)),
    f32x4.of(1 / 9),
  );
  return [
    ...set(exponent, i32x4.shiftRight(i32x4.subtract(get(value), f32x4.of(Math.SQRT1_2)), MANTISSA_BITS)),
    ...set(mantissa, i32x4.subtract(get(value), i32x4.shiftLeft(get(exponent), MANTISSA_BITS))),
    ...set(s, f32x4.divide(f32x4.subtract(get(mantissa), one), f32x4.add(get(mantissa), one))),
    ...set(square, f32x4.multiply(get(s), get(s))),
    ...set(
      result,
      f32x4.add(
        f32x4.multiply(i32x4.toFloats(get(exponent)), f32x4.of(Math.LN2)),
        f32x4.multiply(f32x4.multiply(f32x4.of(2), get(s)), series),
      ),
    ),
  ];
}
