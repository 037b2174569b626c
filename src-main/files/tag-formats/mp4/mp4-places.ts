import type { Source } from '../../safe-files';

/** A box by its head: nothing of its content is read. */
export interface BoxPlace {
  readonly type: string;
  readonly bodyAt: number;
  readonly end: number;
}

const MAX_BOXES = 100_000;

/** The boxes in a range of a file, as far as they lead from one to the next; one that is cut off ends with the range. */
export async function boxesIn(source: Source, start: number, end: number): Promise<BoxPlace[]> {
  const boxes: BoxPlace[] = [];
  for (let at = start; at + 8 <= end && boxes.length < MAX_BOXES; at = boxes.at(-1)!.end) {
    const head = await source.read(at, 16);
    if (head.length < 8) break;
    const stated = head.readUInt32BE(0);
    const isWide = stated === 1 && head.length === 16;
    const size = isWide ? Number(head.readBigUInt64BE(8)) : stated === 0 ? end - at : stated;
    const bodyAt = at + (isWide ? 16 : 8);
    if (size < bodyAt - at) break;
    boxes.push({ type: head.toString('latin1', 4, 8), bodyAt, end: Math.min(end, at + size) });
  }
  return boxes;
}

/** The first box that the path of types leads to, within the given ones. */
export async function boxAt(
  source: Source,
  boxes: readonly BoxPlace[],
  ...path: string[]
): Promise<BoxPlace | undefined> {
  const [type, ...rest] = path;
  for (const found of boxes.filter((box) => box.type === type)) {
    const inner = rest.length === 0 ? found : await boxAt(source, await childrenOf(source, found), ...rest);
    if (inner) return inner;
  }
  return undefined;
}

/** What a box holds. QuickTime's `meta` has no version and flags, which are 0, before its first child. */
export async function childrenOf(source: Source, { type, bodyAt, end }: BoxPlace): Promise<BoxPlace[]> {
  if (type !== 'meta') return boxesIn(source, bodyAt, end);
  const head = await source.read(bodyAt, 4);
  const isQuickTime = head.length === 4 && head.readUInt32BE(0) !== 0;
  return boxesIn(source, bodyAt + (isQuickTime ? 0 : 4), end);
}
