import fc from 'fast-check';

/** One injury to a file, small enough that a failing case can be made simpler step by step. */
export type Injury =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'fill'; readonly at: number; readonly value: number; readonly length: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array };

/** Rather near the beginning, where the structure of most files is. */
const place = fc.oneof({ weight: 3, arbitrary: fc.nat(1200) }, fc.nat(100_000));
const length = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 4000 }));
const kind = <const K extends Injury['kind']>(name: K) => fc.constant(name);

/** Damage as disks, downloads and careless programs do it. */
export const injuries: fc.Arbitrary<Injury[]> = fc.array(
  fc.oneof(
    fc.record({ kind: kind('flip'), at: place, bit: fc.nat(7) }),
    fc.record({ kind: kind('fill'), at: place, value: fc.constantFrom(0, 0x7f, 0x80, 0xff), length }),
    fc.record({ kind: kind('cut'), at: place }),
    fc.record({ kind: kind('remove'), at: place, length }),
    fc.record({ kind: kind('repeat'), at: place, length }),
    fc.record({ kind: kind('insert'), at: place, bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }) }),
  ),
  { minLength: 1, maxLength: 4 },
);

/** A place beyond the end counts on from the beginning. */
export function injured(bytes: Buffer, list: readonly Injury[]): Buffer {
  return list.reduce<Buffer>((left, injury) => (left.length === 0 ? left : injure(Buffer.from(left), injury)), bytes);
}

function injure(bytes: Buffer, injury: Injury): Buffer {
  const at = injury.at % bytes.length;
  switch (injury.kind) {
    case 'flip':
      bytes[at] ^= 1 << injury.bit;
      return bytes;
    case 'fill':
      return bytes.fill(injury.value, at, Math.min(bytes.length, at + injury.length));
    case 'cut':
      return bytes.subarray(0, at);
    case 'remove':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + injury.length)]);
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, at + injury.length), bytes.subarray(at)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), injury.bytes, bytes.subarray(at)]);
    default:
      return injury satisfies never;
  }
}
