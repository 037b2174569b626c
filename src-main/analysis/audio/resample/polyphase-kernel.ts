import {
  assemble,
  bind,
  choose,
  doWhile,
  f32,
  f32x4,
  get,
  I32,
  i32,
  set,
  V128,
  type WasmMemory,
  type WasmModule,
} from '../signal';

/**
 * Computes outputs of a polyphase filter one after the other, at least one. All arguments are addresses in the kernel's
 * memory: of the next step, of the input that its first tap meets, and of where the outputs begin and end. The table of
 * steps begins at 0 and goes round at `stepsEnd`; each is two numbers of 32 bits, the address of the taps to use and by
 * how many bytes the input moves on afterwards. Taps, input and outputs are of single precision.
 */
export type PolyphaseKernel = (step: number, stepsEnd: number, input: number, out: number, outEnd: number) => void;

/** Bytes of one step in the kernel's memory. */
export const STEP_BYTES = 8;

/** @param width taps of one output, a multiple of four and at least sixteen */
export function createPolyphaseKernel(width: number, memory: WasmMemory): PolyphaseKernel {
  return bind(keptModule(width), memory);
}

/** A library has two or three sample rates. */
const KEPT_MODULES = 8;
const kept = new Map<number, WasmModule>();

function keptModule(width: number): WasmModule {
  const module = kept.get(width) ?? moduleFor(width);
  if (kept.size === KEPT_MODULES) kept.clear();
  kept.set(width, module);
  return module;
}

/**
 * The sum of the products of all taps, four at a time and without a loop: their number is known here. Four sums at
 * once, because each addition waits for the one before it.
 */
function moduleFor(width: number): WasmModule {
  const [step, stepsEnd, input, out, outEnd, taps, ...sums] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [a, b, c, d] = sums.map(get);
  const products = Array.from({ length: width / 4 }, (_, i) => {
    const product = f32x4.multiply(f32x4.load(get(taps), 16 * i), f32x4.load(get(input), 16 * i));
    const sum = sums[i % 4];
    return set(sum, i < 4 ? product : f32x4.add(get(sum), product));
  });
  const total = (lanes: number) =>
    f32.add(
      f32.add(f32x4.lane(get(lanes), 0), f32x4.lane(get(lanes), 1)),
      f32.add(f32x4.lane(get(lanes), 2), f32x4.lane(get(lanes), 3)),
    );
  const nextStep = i32.add(get(step), i32.of(STEP_BYTES));
  return assemble({
    parameters: [I32, I32, I32, I32, I32],
    locals: [I32, V128, V128, V128, V128],
    body: [
      doWhile(i32.isLess(get(out), get(outEnd)), [
        set(taps, i32.load(get(step))),
        ...products,
        set(sums[0], f32x4.add(f32x4.add(a, b), f32x4.add(c, d))),
        f32.store(get(out), total(sums[0])),
        set(input, i32.add(get(input), i32.load(get(step), 4))),
        set(step, choose(i32.isLess(nextStep, get(stepsEnd)), nextStep, i32.of(0))),
        set(out, i32.add(get(out), i32.of(4))),
      ]),
    ],
  });
}
