/**
 * WebAssembly written as expressions: each function gives the bytes of its operands and then those of the instruction
 * upon them, so that code reads from the outside in. It knows the few instructions that our kernels need, and needs no
 * compiler when the application is built. What is put together wrongly, `WebAssembly.Module` refuses.
 *
 * @see WebAssembly Core Specification 2.0, chapter 5, "Binary Format"
 */
export type Code = readonly number[];

export const I32 = 0x7f;
export const V128 = 0x7b;
type ValueType = typeof I32 | typeof V128;

/** LEB128; enough for what is not negative. */
const unsigned = (value: number): Code =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 0x80))];
/** As `unsigned`, but the highest bit of the last byte is a sign. */
const positive = (value: number): Code =>
  value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...positive(Math.floor(value / 0x80))];
const sized = (code: Code): Code => [...unsigned(code.length), ...code];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (value: string): Code => sized([...new TextEncoder().encode(value)]);
/** Of a load or store: the alignment to be expected, as a power of two, and what is added to the address. */
const at = (alignment: number, offset: number): Code => [alignment, ...unsigned(offset)];
const simd = (instruction: number): Code => [0xfd, ...unsigned(instruction)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** `yes` or `no`, both computed. */
export const choose = (condition: Code, yes: Code, no: Code): Code => [...yes, ...no, ...condition, 0x1b];
/** Does `body` once, and again for as long as `condition` holds after it. */
export const doWhile = (condition: Code, body: readonly Code[]): Code => [
  0x03,
  0x40,
  ...body.flat(),
  ...condition,
  0x0d,
  0,
  0x0b,
];

/** Whole numbers of 32 bits; addresses are such. */
export const i32 = {
  of: (value: number): Code => [0x41, ...positive(value)],
  load: (address: Code, offset = 0): Code => [...address, 0x28, ...at(2, offset)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  subtract: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  /** Of what is not negative. */
  half: (a: Code): Code => [...a, ...i32.of(1), 0x76],
  isLess: (a: Code, b: Code): Code => [...a, ...b, 0x49],
};

export const f32 = {
  add: (a: Code, b: Code): Code => [...a, ...b, 0x92],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x38, ...at(2, offset)],
};

/** One of four numbers, and what is added to the address of where it lies. */
interface Lane {
  readonly lane: number;
  readonly offset: number;
}

/** Four numbers of single precision at once. */
export const f32x4 = {
  /** The same number four times. */
  of: (value: number): Code => [...simd(0x0c), ...new Uint8Array(new Float32Array(4).fill(value).buffer)],
  load: (address: Code, offset = 0): Code => [...address, ...simd(0x00), ...at(2, offset)],
  /** One number from memory, four times. */
  loadSame: (address: Code, offset = 0): Code => [...address, ...simd(0x09), ...at(2, offset)],
  /** `vector` with one of its numbers taken from memory. */
  loadLane: (address: Code, vector: Code, { lane, offset }: Lane): Code => [
    ...[...address, ...vector],
    ...[...simd(0x56), ...at(2, offset), lane],
  ],
  store: (address: Code, vector: Code, offset = 0): Code => [...address, ...vector, ...simd(0x0b), ...at(2, offset)],
  storeLane: (address: Code, vector: Code, { lane, offset }: Lane): Code => [
    ...[...address, ...vector],
    ...[...simd(0x5a), ...at(2, offset), lane],
  ],
  lane: (vector: Code, index: number): Code => [...vector, ...simd(0x1f), index],
  add: (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe4)],
  subtract: (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe5)],
  multiply: (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe6)],
  divide: (a: Code, b: Code): Code => [...a, ...b, ...simd(0xe7)],
  negate: (a: Code): Code => [...a, ...simd(0xe1)],
  squareRoot: (a: Code): Code => [...a, ...simd(0xe3)],
};

/** Four whole numbers of 32 bits at once, or the bits of four of single precision. */
export const i32x4 = {
  subtract: (a: Code, b: Code): Code => [...a, ...b, ...simd(0xb1)],
  shiftLeft: (a: Code, bits: number): Code => [...a, ...i32.of(bits), ...simd(0xab)],
  /** Keeps the sign. */
  shiftRight: (a: Code, bits: number): Code => [...a, ...i32.of(bits), ...simd(0xac)],
  toFloats: (a: Code): Code => [...a, ...simd(0xfa)],
};

/** What Node has of WebAssembly and its types do not tell; no more than is used here. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { host: { memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

const PAGE_BYTES = 2 ** 16;

/** Memory for at least so many bytes, all of them zero. */
export const createMemory = (bytes: number): WasmMemory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });

/** A function without a result. Its parameters are its first locals. */
export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: readonly Code[];
}

/** A module of one function, to be bound to a memory. */
export function assemble({ parameters, locals, body }: WasmFunction): WasmModule {
  const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
  const declared = list(locals.map((type) => [1, type]));
  const module = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...sized(parameters), 0]]),
    ...section(2, [[...text('host'), ...text('memory'), 0x02, 0, 0]]),
    ...section(3, [[0]]),
    ...section(7, [[...text('run'), 0x00, 0]]),
    ...section(10, [sized([...declared, ...body.flat(), 0x0b])]),
  ];
  return new WebAssembly.Module(Uint8Array.from(module));
}

/** The module's function, working upon `memory`; each instance is small. */
export function bind(module: WasmModule, memory: WasmMemory): (...parameters: number[]) => void {
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return exports.run as (...parameters: number[]) => void;
}
