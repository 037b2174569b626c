import { dateOf } from '../../src-main/files/tag-formats/dates';
import { genresOf } from '../../src-main/files/tag-formats/id3';
import {
  FIELDS,
  type Field,
  readAllByMutagen,
  readByLibrary,
  readByProbe,
  readByUs,
  type Said,
} from './metadata-readers';
import { forEach } from './readers';

const OTHERS = ['mutagen', 'ffprobe', 'taglib'] as const;
type Other = (typeof OTHERS)[number];

/** What three other readers and ours say of one file. */
interface Opinions extends Record<Other | 'ours', Said> {
  readonly path: string;
}

/** How often others speak of a field, and how often ours says the same. */
interface Cell {
  readonly said: Record<Other, number>;
  readonly agreed: Record<Other, number>;
}

export interface Difference {
  readonly path: string;
  readonly field: Field;
  readonly opinions: Readonly<Record<Other | 'ours', string | undefined>>;
}

export interface Matrix {
  /** container → field → numbers. */
  readonly cells: Map<string, Map<Field, Cell>>;
  /** Where ours says what no other reader says, though one at least speaks, and is not silent with most of them. */
  readonly alone: Difference[];
  /** Files that another reader reads and ours does not. */
  readonly unread: { path: string; readers: Other[]; message: string }[];
  files: number;
}

export function emptyMatrix(): Matrix {
  return { cells: new Map(), alone: [], unread: [], files: 0 };
}

/** Adds one file's opinions. */
function compareOpinions(matrix: Matrix, { path, ours, ...others }: Opinions): void {
  const readers = OTHERS.filter((reader) => !others[reader].error);
  if (ours.error) {
    if (readers.length > 0) matrix.unread.push({ path, readers, message: ours.error[0] });
    return;
  }
  matrix.files++;
  const container = ours.kind![0];
  const fields = matrix.cells.get(container) ?? new Map<Field, Cell>();
  matrix.cells.set(container, fields);
  for (const field of FIELDS) {
    const cell = fields.get(field) ?? { said: zeros(), agreed: zeros() };
    fields.set(field, cell);
    const mine = plain(field, ours[field]);
    const said = readers.map((reader) => [reader, plain(field, others[reader][field])] as const);
    const speaking = said.filter(([, theirs]) => theirs !== undefined);
    for (const [reader, theirs] of speaking) {
      cell.said[reader]++;
      if (isSame(field, mine, theirs)) cell.agreed[reader]++;
    }
    const isSilentWithMost = mine === undefined && said.length - speaking.length > speaking.length;
    if (speaking.length > 0 && !isSilentWithMost && !speaking.some(([, theirs]) => isSame(field, mine, theirs))) {
      matrix.alone.push({ path, field, opinions: { ...nobody, ours: mine, ...Object.fromEntries(said) } });
    }
  }
}

const zeros = () => ({ mutagen: 0, ffprobe: 0, taglib: 0 });
const nobody = { ours: undefined, mutagen: undefined, ffprobe: undefined, taglib: undefined };

/** A value as it is compared: texts without what joins several, numbers as numbers, dates as far as both know them. */
function plain(field: Field, values: readonly string[] | undefined): string | undefined {
  const texts = (values ?? []).map((value) => value.split('\0').join('; ').trim()).filter((value) => value !== '');
  if (texts.length === 0) return undefined;
  if (field === 'date') return dateOf(texts[0]);
  if (['track', 'disc', 'rate', 'channels', 'seconds', 'gain'].includes(field)) {
    const number = Number.parseFloat(texts[0]);
    return Number.isFinite(number) && (number !== 0 || field === 'gain') ? String(number) : undefined;
  }
  if (field === 'compilation') return /^(1|t|true|yes)$/i.test(texts[0]) ? '1' : undefined;
  if (field === 'genre') return words(texts.flatMap(genresOf));
  return words(texts);
}

const words = (texts: readonly string[]) =>
  [...new Set(texts.flatMap((text) => text.split(/\s*(?:[;/,&]|\0)\s*/)))]
    .map((word) => word.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' | ') || undefined;

function isSame(field: Field, mine: string | undefined, theirs: string | undefined): boolean {
  if (mine === undefined || theirs === undefined) return mine === theirs;
  if (field === 'seconds') return Math.abs(Number(mine) - Number(theirs)) <= Math.max(0.15, 0.02 * Number(theirs));
  if (field === 'gain') return Math.abs(Number(mine) - Number(theirs)) < 0.02;
  if (field === 'date') return mine.startsWith(theirs) || theirs.startsWith(mine);
  // One field under two spellings: readers differ in which of them comes first.
  if (field.endsWith('id')) return sorted(mine) === sorted(theirs);
  return mine === theirs;
}

const sorted = (ids: string): string => ids.split(' | ').sort().join(' | ');

/** Why ours may say what none of the others says. */
const REASONS: readonly (readonly [why: string, is: (difference: Difference) => boolean])[] = [
  [
    'ADTS states no length: ours counts the frames, others judge by the first of them',
    ({ path, field }) => field === 'seconds' && path.endsWith('.aac'),
  ],
  [
    'a header states a length that the file cannot hold, or of which it holds a part',
    ({ field, opinions: { ours, mutagen, ffprobe, taglib } }) =>
      field === 'seconds' &&
      [mutagen, ffprobe, taglib].every((reported) => !reported || !ours || Number(reported) > Number(ours)),
  ],
  [
    'a track has one title and is on one album: the first that its file names',
    ({ field, opinions: { ours, mutagen, taglib } }) =>
      (field === 'title' || field === 'album') && [mutagen, taglib].some((theirs) => theirs?.startsWith(`${ours} | `)),
  ],
  [
    'mutagen and TagLib look into the first box of user data alone, and ffprobe shows the first of several values',
    ({ path, opinions: { ours, mutagen, taglib } }) => path.includes('two-udta') && !!ours && !mutagen && !taglib,
  ],
  [
    'the first of several tags counts as a whole, where another reader takes what it lacks from the second',
    ({ path, opinions }) => /two-tags|duplicate_id3v2/.test(path) && opinions.ours === undefined,
  ],
];

/** The reason for which ours may stand alone; undefined when there is none. */
export const explained = (difference: Difference): string | undefined => REASONS.find(([, is]) => is(difference))?.[0];

/** Reads files by all readers, a few at a time, and compares. */
export async function readingsInto(matrix: Matrix, paths: readonly string[]): Promise<void> {
  const mutagen = await readAllByMutagen(paths);
  await forEach(paths, async (path) => {
    const [ours, ffprobe, taglib] = [await readByUs(path), await readByProbe(path), await readByLibrary(path)];
    compareOpinions(matrix, { path, ours, ffprobe, taglib, mutagen: mutagen[path] });
  });
}

/** The matrix as rows: a field of a container, how often another reader speaks of it and how often ours agrees. */
export function tableOf({ cells }: Matrix) {
  return [...cells].sort().flatMap(([container, fields]) =>
    [...fields].flatMap(([field, { said, agreed }]) => {
      const cases = OTHERS.reduce((sum, other) => sum + said[other], 0);
      if (cases === 0) return [];
      const passed = OTHERS.reduce((sum, other) => sum + agreed[other], 0);
      const note = OTHERS.map((other) => `${other} ${agreed[other]} of ${said[other]}`).join(', ');
      return [{ what: `${container}: ${field}`, cases, passed, line: 'never alone', note }];
    }),
  );
}
