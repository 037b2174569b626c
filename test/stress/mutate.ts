/** Damage as disks, downloads and careless programs do it: one to three injuries at random places. */
export function mutate(bytes: Buffer, random: () => number): Buffer {
  let copy = Buffer.from(bytes);
  for (let times = 1 + below(3, random); times > 0; times--) {
    copy = Buffer.from(INJURIES[below(INJURIES.length, random)](copy, random));
  }
  return copy;
}

type Injury = (bytes: Buffer, random: () => number) => Buffer;

const below = (limit: number, random: () => number) => Math.floor(random() * limit);
/** Rather near the beginning, where the structure of most files is. */
const somewhere = (bytes: Buffer, random: () => number) =>
  below(random() < 0.6 ? Math.min(bytes.length, 2000) : bytes.length, random);

const INJURIES: readonly Injury[] = [
  // a few bits turned over
  (bytes, random) => {
    for (let count = 1 + below(16, random); count > 0 && bytes.length > 0; count--)
      bytes[somewhere(bytes, random)] ^= 1 << below(8, random);
    return bytes;
  },
  // a number made as large, or as small, as it can be
  (bytes, random) => bytes.fill(random() < 0.5 ? 0xff : 0, ...stretch(bytes, 8, random)),
  // a stretch that was never written
  (bytes, random) => bytes.fill(0, ...stretch(bytes, 5000, random)),
  // cut short
  (bytes, random) => bytes.subarray(0, below(bytes.length + 1, random)),
  // something missing in the middle
  (bytes, random) => {
    const [from, to] = stretch(bytes, 5000, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  // something there twice
  (bytes, random) => {
    const [from, to] = stretch(bytes, 5000, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  // noise in between
  (bytes, random) => {
    const at = somewhere(bytes, random);
    const noise = Buffer.from(Array.from({ length: 1 + below(300, random) }, () => below(256, random)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
];

function stretch(bytes: Buffer, longest: number, random: () => number): [from: number, to: number] {
  const from = somewhere(bytes, random);
  return [from, Math.min(bytes.length, from + 1 + below(longest, random))];
}
