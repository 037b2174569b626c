import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import type { TagEdit, TagFile, TagItem } from '../tag-file';
import { type Box, everyBox, findBox, readBoxes, uint32 } from './mp4-box';
import { movedPositions, readPositions } from './mp4-positions';
import { HANDLER, newTagList, readTag, tagBox } from './mp4-tags';

/** Boxes that may change with the positions of others. */
const NO_TAG = new Set(['stco', 'co64', 'tfhd', 'tfra', 'free', 'skip', 'mdat']);
const NOTHING = Buffer.alloc(0);

interface Mp4 {
  readonly source: Source;
  readonly boxes: readonly Box[];
  readonly moov: Box;
  readonly udta?: Box;
  readonly meta?: Box;
  readonly ilst?: Box;
  readonly tags: readonly { box: Box; item: TagItem }[];
}

/** MP4 with AAC, ALAC and others: our tags are freeform atoms in `moov/udta/meta/ilst`. */
export async function readMp4(source: Source): Promise<TagFile> {
  const boxes = await readBoxes(source);
  const moov = findBox(boxes, 'moov');
  if (!moov || !findBox(boxes, 'mdat')) throw unsupported('There is no audio in it.');
  const { udta, meta } = homeOfTags(moov);
  const ilst = meta && findBox(meta.children, 'ilst');
  const tags = [];
  for (const box of ilst?.children ?? []) tags.push({ box, item: readTag(box.type, await bytesOf(source, box)) });
  const file: Mp4 = { source, boxes, moov, udta, meta, ilst, tags };
  return {
    container: 'm4a',
    items: [...tags.map(({ item }) => item), ...(await otherItems(file))],
    carryOver: [],
    async hashPayload(hash) {
      const mdats = boxes.filter((box) => box.type === 'mdat');
      for (const { bodyAt, end } of mdats) {
        await eachPiece(source, { offset: bodyAt, length: end - bodyAt }, (piece) => void hash.update(piece));
      }
      // Where the chunks of samples lie within the audio, so that a table which points elsewhere shows.
      const places = (await readPositions(source, boxes)).flatMap((table) =>
        table.values.map((value) => placeOf(value, boxes)),
      );
      hash.update(places.join(' '));
    },
    edit: (edit) => editMp4(file, edit),
  };
}

/** Where the tags are: of several boxes with user data the one with a list of them, else with metadata, else the first. */
function homeOfTags(moov: Box): { udta?: Box; meta?: Box } {
  const homes = moov.children
    .filter(({ type }) => type === 'udta')
    .map((udta) => ({ udta, meta: findBox(udta.children, 'meta') }));
  const withList = homes.find(({ meta }) => meta && findBox(meta.children, 'ilst'));
  return withList ?? homes.find(({ meta }) => meta) ?? homes[0] ?? {};
}

async function bytesOf(source: Source, { offset, end }: Box): Promise<Buffer> {
  return Buffer.from(await source.read(offset, end - offset));
}

/**
 * Every box without children that is neither audio nor a table of positions nor room to spare, nor what a file without
 * tags lacks around them: empty boxes for them, and the handler that says nothing but that they are tags.
 */
async function otherItems({ source, boxes, ilst, meta, udta }: Mp4): Promise<TagItem[]> {
  const tags = new Set(ilst?.children);
  const handler = meta && findBox(meta.children, 'hdlr');
  const items: TagItem[] = [];
  for (const box of everyBox(boxes)) {
    if (box.children.length > 0 || NO_TAG.has(box.type) || tags.has(box) || box === ilst) continue;
    const bytes = await bytesOf(source, box);
    const isAround =
      box === handler ? bytes.equals(HANDLER) : (box === udta || box === meta) && bytes.subarray(8).every(isZero);
    if (!isAround) items.push({ kind: box.type, bytes });
  }
  return items;
}

const isZero = (byte: number) => byte === 0;

function placeOf(position: number, boxes: readonly Box[]): string {
  const kept = boxes.filter(({ type }) => type === 'mdat' || type === 'moof');
  const index = kept.findLastIndex(({ offset }) => offset <= position);
  return index < 0 ? 'outside' : `${index}+${position - kept[index].offset}`;
}

/** A splice and the innermost box whose length it changes; none when it lies behind them all. */
interface Change {
  readonly splice: Splice;
  readonly parent?: Box;
}

async function editMp4(file: Mp4, edit: TagEdit): Promise<Splice[]> {
  const added = Buffer.concat(edit.add.map(tagBox));
  const dropped = file.tags.filter(({ item }) => edit.drop.has(item)).map(({ box }) => box);
  if (added.length === 0 && dropped.length === 0) return [];
  const changes: Change[] = dropped.map((box) => ({ splice: cut(box.offset, box.end), parent: file.ilst }));
  if (added.length > 0) changes.push(await addition(file, added), ...modernised(file));
  const total = growthOf(file.moov, changes);
  const room = total === 0 ? undefined : roomFor(file, total);
  if (room) changes.push(room);
  const splices = changes.map(({ splice }) => splice);
  for (const box of everyBox([file.moov])) {
    const growth = growthOf(box, changes);
    if (growth !== 0) splices.push(await resized(file.source, box, growth));
  }
  if (room || total === 0) return splices;
  if (file.boxes.some(({ type, offset }) => type === 'sidx' && offset < file.moov.offset)) {
    throw unsupported('Its index of fragments stands before its tags.');
  }
  if ([...everyBox(file.boxes)].some(({ type }) => type === 'saio')) throw unsupported('It is encrypted.');
  return [...splices, ...(await movedPositions(file.source, await readPositions(file.source, file.boxes), splices))];
}

const cut = (offset: number, end: number): Splice => ({ offset, remove: end - offset, insert: NOTHING });

/** How many bytes the changes within a box add to it. */
function growthOf(box: Box, changes: readonly Change[]): number {
  const within = changes.filter(({ parent }) => parent && parent.offset >= box.offset && parent.end <= box.end);
  return within.reduce((sum, { splice }) => sum + splice.insert.length - splice.remove, 0);
}

/** New atoms where they belong, with the boxes around them that the file lacks. */
async function addition({ source, moov, udta, meta, ilst }: Mp4, added: Buffer): Promise<Change> {
  const insert = ilst ? added : newTagList(added, { udta, meta });
  const parent = ilst ?? meta ?? udta ?? moov;
  if (meta && !ilst) {
    const handler = findBox(meta.children, 'hdlr');
    const kind = handler && (await source.read(handler.bodyAt + 8, 4)).toString('latin1');
    if (kind !== 'mdir') throw unsupported('Its metadata is of a kind that Tonearm does not know.');
  }
  const at = parent.children.at(-1)?.end ?? (parent === meta ? parent.end : parent.bodyAt);
  return { splice: { offset: at, remove: 0, insert }, parent };
}

/**
 * Two forms of the old QuickTime that TagLib and mutagen stop at, so that they would see no tag of the file, in the form
 * that all read: user data without the zeros that may close it, and metadata with a version before its first box.
 */
function modernised({ moov, meta }: Mp4): Change[] {
  const changes: Change[] = [];
  for (const udta of everyBox([moov])) {
    const end = udta.children.at(-1)?.end ?? udta.bodyAt;
    if (udta.type === 'udta' && end < udta.end) changes.push({ splice: cut(end, udta.end), parent: udta });
  }
  if (meta && meta.children[0]?.offset === meta.bodyAt)
    changes.push({ splice: { offset: meta.bodyAt, remove: 0, insert: uint32(0) }, parent: meta });
  return changes;
}

/** Spare room beside the tags or behind `moov` that gives or takes the bytes, so that no audio moves. */
function roomFor({ boxes, moov, meta, ilst }: Mp4, growth: number): Change | undefined {
  const fits = (box: Box) => {
    const left = box.end - box.offset - growth;
    return box.bodyAt - box.offset === 8 && (left === 0 || (left >= 8 && left < 0xffffffff));
  };
  const isRoom = (box: Box) => box.type === 'free' && fits(box);
  const beside = ilst && meta?.children.find(isRoom);
  if (beside) return { splice: resizedRoom(beside, growth), parent: meta };
  const behind = boxes[boxes.indexOf(moov) + 1];
  return behind && isRoom(behind) ? { splice: resizedRoom(behind, growth) } : undefined;
}

function resizedRoom({ offset, end }: Box, growth: number): Splice {
  const size = end - offset - growth;
  const insert = size === 0 ? NOTHING : Buffer.concat([uint32(size), Buffer.from('free'), Buffer.alloc(size - 8)]);
  return { offset, remove: end - offset, insert };
}

async function resized(source: Source, box: Box, growth: number): Promise<Splice> {
  if (box.bodyAt - box.offset === 16) {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(box.end - box.offset + growth));
    return { offset: box.offset + 8, remove: 8, insert: size };
  }
  // A size of 0 means "to the end of the file" and stays.
  const stated = (await source.read(box.offset, 4)).readUInt32BE(0);
  return { offset: box.offset, remove: 4, insert: uint32(stated === 0 ? 0 : stated + growth) };
}
