import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payloadHash, readMetadata, readTags } from '../../src-main/files/tag-formats';
import type { WantedTags } from '../../src-main/files/tag-formats/tag-file/wanted-tags';
import { planTags } from '../../src-main/library/tagging/write/tag-writer';
import { openDatabase } from '../../src-main/platform/database';
import { buildCorpus } from '../corpus/build';
import { NAMES } from '../corpus/names';
import { interleaved } from '../corpus/ogg-arranged';
import { type Found, forEach, readByMutagen } from '../corpus/readers';
import {
  cannotRead,
  foreign,
  isOpened,
  judge,
  onlyNamed,
  ourValues,
  READERS,
  type Readings,
  readBy,
  SEEN_ONLY_AFTERWARDS,
  showsOther,
  tallies,
  withoutGuess,
} from '../corpus/readings';
import { leftAlone } from '../corpus/workbench';
import { requires } from '../support/requirements';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mutagen');

const STANDARD = { bpm: '121', initialkey: 'Am', replaygain_track_gain: '-6.50 dB', replaygain_track_peak: '0.98' };
const MIXED: WantedTags = {
  namespace: 'nom',
  tags: { 'mood-strict': ['happy', 'größe 大きさ 🎺'], happy: ['0.8123'], 'key with blanks': ['x'] },
  standard: STANDARD,
};
const GROWN: WantedTags = {
  namespace: 'nom',
  tags: {
    ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`label-${index}`, ['0.1234', 'é'.repeat(90)]])),
    happy: ['0.9'],
    long: ['ab'.repeat(9000)],
  },
};
const SHRUNK: WantedTags = { namespace: 'nom', tags: { happy: ['0.9'] } };
const REMOVED: WantedTags = { namespace: 'nom', tags: {} };
const STAGES = { mixed: MIXED, grown: GROWN, shrunk: SHRUNK, removed: REMOVED };
type Stage = keyof typeof STAGES;

interface Case {
  original: string;
  hashes: string[];
  mtimes: number[];
  payloads: string[];
  changed: Set<string>;
  errors: string[];
  readings: Partial<Record<Stage | 'before', Readings>>;
}

const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const cases = new Map<string, Case>();
const kept = { cases: 0, passed: 0 };
const isNative = (field: string) =>
  field.startsWith('nom:') || Object.hasOwn(STANDARD, field) || field === 'r128_track_gain';
/** Whether its first tag of the kind we write was given what an older one says. */
const carries = ({ changed }: Case) => [...changed].some((field) => !isNative(field));
let folder = '';

describe('Writing tags into every container', () => {
  beforeAll(async () => {
    folder = await buildCorpus();
    for (const stage of ['before', ...Object.keys(STAGES)]) mkdirSync(join(folder, stage));
    const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    for (const name of NAMES) cases.set(name, await runStages(writer, name));
    await readAll();
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('covers every file of the corpus', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name.includes('.'))
        .sort(),
    ).toEqual([...NAMES].sort());
  });

  it('tells a scan the container, rate, channels and length of every file of the corpus', async () => {
    for (const name of NAMES) {
      const { container, durationMs, sampleRate, channels, bitrate } = await readMetadata(join(folder, name));
      expect(container, name).toBe(containerOf(name));
      expect(sampleRate, name).toBe(rateOf(name));
      expect(channels, name).toBe(/dsf|wav-odd/.test(name) ? 1 : 2);
      const links = name.includes('chained-multiplexed') ? 3 : name.includes('chained') ? 2 : 1;
      const expected = name.includes('dsf') ? 93 : links * 1000;
      expect(Math.abs((durationMs ?? 0) - expected), `${name}: ${durationMs}`).toBeLessThan(150);
      expect(bitrate, name).toBeGreaterThan(1000);
    }
  });

  it('tells a scan the fields of a track, several values and other scripts included', async () => {
    for (const name of ['mp3-id3v24.mp3', 'mp3-id3v23-v1-ape.mp3', 'aiff-id3.aiff', 'wav-id3.wav', 'dsf-id3.dsf']) {
      const found = await readMetadata(join(folder, name));
      expect(found, name).toMatchObject({
        album: 'Álbum',
        year: 2004,
        trackNumber: 3,
        genre: expect.stringContaining('Rock'),
      });
    }
    for (const name of ['flac-padded.flac', 'vorbis.ogg', 'opus.opus', 'm4a-moov-first.m4a', 'mp3-id3v24.mp3']) {
      expect(await readMetadata(join(folder, name)), name).toMatchObject({
        title: 'Größe — 大きさ',
        artist: 'One & Two',
      });
    }
  });

  describe.each(NAMES)('%s', (name) => {
    const of = () => cases.get(name)!;

    it('carries ours after every write, and a second run would write nothing', () => {
      expect(of().errors).toEqual([]);
    });

    it('keeps the audio payload and the decoded samples', () => {
      expect(new Set(of().payloads).size).toBe(1);
      const { before, ...after } = of().readings;
      for (const { pcm } of Object.values(after)) expect(pcm).toBe(before?.pcm);
      expect(before?.pcm).toMatch(/^MD5=/);
    });

    it.each(READERS)('shows every tag of others to %s as before', (reader) => {
      const { before, ...after } = of().readings;
      if (showsOther[reader]?.test(name)) return;
      // What a reader cannot open, whoever wrote it, says nothing.
      if (!isOpened(before![reader])) return;
      for (const [stage, readings] of Object.entries(after)) {
        judge({ reader, what: 'opened', stage }, isOpened(readings[reader]), true);
        const wanted = withoutGuess(foreign(before![reader], of()));
        const found = withoutGuess(foreign(readings[reader], of()), before![reader]);
        // A new kind of tag shows what it was given of the older one under names of its own.
        const shown = carries(of()) ? onlyNamed(found, Object.keys(wanted)) : found;
        judge({ reader, what: 'others', stage }, shown, wanted);
      }
    });

    it('shows TagLib, and so the servers and players upon it, all that it showed', () => {
      const { before, ...after } = of().readings;
      if (!isOpened(before!.taglib) || SEEN_ONLY_AFTERWARDS.test(name)) return;
      for (const [stage, { taglib }] of Object.entries(after)) {
        kept.cases++;
        const wanted = withoutGuess(before!.taglib);
        const shown = withoutGuess(onlyNamed(taglib, Object.keys(wanted)), before!.taglib);
        expect.soft(shown, stage).toEqual(wanted);
        if (isDeepStrictEqual(shown, wanted)) kept.passed++;
      }
    });

    it.each(READERS)('shows ours to %s, under the one name', (reader) => {
      if (cannotRead[reader].test(name)) return;
      const ours = (stage: 'mixed' | 'grown', key: string, values: readonly string[]) =>
        judge({ reader, what: 'ours', stage }, ourValues(of().readings[stage]![reader], key), values);
      // ffprobe shows one of several values.
      if (reader !== 'ffprobe') ours('mixed', 'mood-strict', ['happy', 'größe 大きさ 🎺']);
      ours('mixed', 'happy', ['0.8123']);
      ours('grown', 'happy', ['0.9']);
      ours('grown', 'long', ['ab'.repeat(9000)]);
    });

    it('is put back byte for byte, with its time', () => {
      const { hashes, mtimes } = of();
      expect(hashes.slice(5)).toEqual(hashes.slice(0, 4).reverse());
      expect(mtimes.at(-1)).toBeCloseTo(mtimes[0], 2);
    });
  });

  it('is refused where two streams take turns in the headers of an Ogg file, which nothing could be put between', async () => {
    const both = ['vorbis-picture.ogg', 'opus-picture.opus'].map((name) => readFileSync(join(folder, name)));
    const path = join(folder, 'taking-turns.ogg');
    writeFileSync(path, interleaved(both[0], both[1]));
    await leftAlone(path, 'unsupported_file', () => planTags(path, MIXED));
    rmSync(path);
  });

  it('gives what an APE tag says the frames that Picard gives it', () => {
    const { ape, ...frames } = cases.get('mp3-ape-only.mp3')!.readings.mixed!.mutagen;
    expect(Object.keys(ape as Found).length).toBeGreaterThan(60);
    const text =
      'tpe2 tpos tcom tsrc tcmp tso2 tdor comm::xxx uslt::xxx apic:front.png apic: ufid:http://musicbrainz.org';
    const user = ['acoustid id', 'replaygain_album_gain', 'asin', 'musicbrainz album id'].map((name) => `txxx:${name}`);
    expect(Object.keys(frames)).toEqual(expect.arrayContaining([...text.split(' '), ...user]));
    expect(frames['txxx:musicbrainz artist id']).toEqual([['f00d', 'beef']]);
  });

  it('is read by four others alike in all that they open', () => {
    for (const reader of READERS) {
      const { opened, others, ours } = tallies[reader];
      const layouts = NAMES.filter((name) => isOpened(cases.get(name)!.readings.before![reader]));
      expect(layouts.length, reader).toBeGreaterThan(90);
      expect(opened.passed, reader).toBe(opened.cases);
      const cannot = NAMES.filter((name) => !layouts.includes(name));
      const note = `${layouts.length} of ${NAMES.length} layouts; it opens none of: ${cannot.join(', ') || '—'}`;
      const line = 'all open, same values';
      recordFigure('R13', { what: `${reader}: opened after our writes`, ...opened, line, note });
      const otherwise = layouts.filter((name) => showsOther[reader]?.test(name));
      const except = otherwise.length > 0 ? `but for what it shows otherwise beside ours: ${otherwise.join(', ')}` : '';
      recordFigure('R13', { what: `${reader}: what it found before of others`, ...others, line, note: except });
      const blind = layouts.filter((name) => cannotRead[reader].test(name));
      const unseen = blind.length > 0 ? `in these it shows no such field of anyone: ${blind.join(', ')}` : '';
      recordFigure('R13', { what: `${reader}: ours`, ...ours, line, note: unseen });
    }
    const what = 'taglib: all that it showed before it shows after';
    recordFigure('R13', { what, ...kept, line: 'a subset', note: `carried over from an older tag: ${carried()}` });
  });
});

/** The layouts whose older tag gave a new one what it says. */
const carried = () => NAMES.filter((name) => carries(cases.get(name)!)).join(', ');

async function runStages(writer: WriterOfTags, name: string): Promise<Case> {
  const path = join(folder, name);
  utimesSync(path, 1_000_000_000, 1_000_000_000.25);
  const test: Case = {
    original: path,
    hashes: [],
    mtimes: [],
    payloads: [],
    changed: new Set(),
    errors: [],
    readings: {},
  };
  const note = async (stage?: string) => {
    test.hashes.push(sha(path));
    test.mtimes.push(statSync(path).mtimeMs);
    test.payloads.push(await payloadHash(path));
    if (stage) copyFileSync(path, join(folder, stage, name));
  };
  await note('before');
  let writes = 0;
  for (const [stage, wanted] of Object.entries(STAGES)) {
    try {
      const plan = await writer.plan(path, wanted);
      for (const { field } of plan.changes) test.changed.add(field);
      await writer.write(plan);
      writes++;
      expect((await planTags(path, wanted)).changes).toEqual([]);
      expect(await readTags(path, 'nom')).toEqual(wanted.tags);
    } catch (thrown) {
      test.errors.push(`${stage}: ${thrown}`);
    }
    await note(stage);
  }
  for (; writes > 0; writes--) {
    await writer.undoFile(path);
    await note();
  }
  return test;
}

async function readAll(): Promise<void> {
  const stages = ['before', 'mixed', 'grown', 'removed'] as const;
  const paths = stages.flatMap((stage) => NAMES.map((name) => ({ stage, name, path: join(folder, stage, name) })));
  const mutagen = await readByMutagen(paths.map(({ path }) => path));
  await forEach(paths, async ({ stage, name, path }) => {
    cases.get(name)!.readings[stage] = await readBy(path, mutagen[path]);
  });
}

function rateOf(name: string): number {
  if (name.includes('dsf')) return 2_822_400;
  if (name.endsWith('.opus')) return 48_000;
  return name.startsWith('speex') ? 32_000 : 44_100;
}

function containerOf(name: string): string {
  const kind = name.split('.').at(-1)!;
  const others: Record<string, string> = { mp2: 'mp3', wv: 'wavpack', wma: 'asf' };
  return others[kind] ?? kind;
}
