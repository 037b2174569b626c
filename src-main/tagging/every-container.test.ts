import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { TagLib } from 'taglib-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCorpus, hasFfmpeg, python } from '../../test/corpus/build';
import {
  decodedMd5,
  type Found,
  forEach,
  readByFfprobe,
  readByMusicMetadata,
  readByMutagen,
} from '../../test/corpus/readers';
import { openDatabase } from '../database';
import { createTagWriter, payloadHash, planTags, readMetadata, readTags, type WantedTags } from '.';

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

interface Readings {
  mutagen: Found;
  ffprobe: Found;
  musicMetadata: Found;
  pcm: string | undefined;
}
interface Case {
  original: string;
  hashes: string[];
  mtimes: number[];
  payloads: string[];
  changed: Set<string>;
  errors: string[];
  readings: Partial<Record<Stage | 'before', Readings>>;
}

const canRun = hasFfmpeg && python !== undefined;
const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const cases = new Map<string, Case>();
let folder = '';

/** The names in the corpus are asked for before it is built, so they stand here. */
const NAMES =
  `aac-id3.aac aac.aac aifc.aiff aiff-id3.aiff aiff.aiff alac.m4a dsf-id3.dsf dsf.dsf flac-behind-id3.flac flac-big-picture.flac flac-cue.flac
  flac-in-ogg.ogg flac-md5-zero.flac flac-padded.flac flac-padding-first.flac flac-padding-middle.flac flac-seek-table.flac
  flac-tight.flac m4a-64-bit-mdat.m4a m4a-bare.m4a m4a-chapters.m4a m4a-co64.m4a m4a-dash.m4a m4a-fragmented.m4a m4a-moov-first.m4a
  m4a-moov-last.m4a monkeys-bare.ape monkeys.ape mp2.mp2 mp3-ape-only.mp3 mp3-bare.mp3 mp3-by-ffmpeg.mp3 mp3-extended-header.mp3 mp3-id3v1-only.mp3
  mp3-id3v22.mp3 mp3-id3v23-v1-ape.mp3 mp3-id3v24-no-padding.mp3 mp3-id3v24.mp3 mp3-two-tags.mp3 mp3-unsynchronised.mp3 mp3-vbr.mp3 musepack-bare.mpc musepack-sv7.mpc musepack.mpc
  opus-chained.opus opus-picture.opus opus.opus vorbis-chained.ogg vorbis-early-audio.ogg vorbis-picture.ogg vorbis.ogg wav-bare.wav wav-cue.wav wav-id3.wav wav-info.wav
  wav-rf64.wav wavpack-bare.wv wavpack.wv wma-bare.wma wma.wma`.split(/\s+/);

describe.skipIf(!canRun)('Writing tags into every container (needs ffmpeg and a Python with mutagen)', () => {
  beforeAll(async () => {
    folder = await buildCorpus();
    for (const stage of ['before', ...Object.keys(STAGES)]) mkdirSync(join(folder, stage));
    const writer = createTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    for (const name of NAMES) cases.set(name, await runStages(writer, name));
    await readAll();
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('covers every file of the corpus', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name.includes('.'))
        .sort(),
    ).toEqual([...NAMES].sort());
  });

  it('tells a scan the container, rate, channels and length of every file of the corpus', async () => {
    // RF64, of files beyond 4 GB, can be written but not yet read by a scan.
    for (const name of NAMES.filter((name) => !name.includes('rf64'))) {
      const { container, durationMs, sampleRate, channels, bitrate } = await readMetadata(join(folder, name));
      expect(container, name).toBe(containerOf(name));
      expect(sampleRate, name).toBe(name.includes('dsf') ? 2_822_400 : name.includes('opus') ? 48_000 : 44_100);
      expect(channels, name).toBe(name.includes('dsf') ? 1 : 2);
      // Chained streams: the length of the last one. ADTS states no length; the first frames give an estimate.
      const expected = name.includes('dsf') ? 93 : 1000;
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
      expect(await readMetadata(join(folder, name)), name).toMatchObject({ title: 'Größe — 大きさ', artist: 'One' });
    }
  });

  describe.each(NAMES)('%s', (name) => {
    const of = () => cases.get(name)!;

    it('carries ours after every write, and a second run would write nothing', () => {
      expect(of().errors).toEqual([]);
    });

    it('keeps the audio payload and the decoded samples', () => {
      expect(new Set(of().payloads).size).toBe(1);
      const { before, mixed, grown } = of().readings;
      expect([mixed?.pcm, grown?.pcm]).toEqual([before?.pcm, before?.pcm]);
      if (!/\.(ape|mpc)$/.test(name)) expect(before?.pcm).toMatch(/^MD5=/);
    });

    it.each(['mutagen', 'ffprobe', 'musicMetadata'] as const)('shows every tag of others to %s as before', (reader) => {
      const { before, ...after } = of().readings;
      // music-metadata finds no comments that share a page with audio; once they have their own, it does.
      if (reader === 'musicMetadata' && name.includes('early-audio')) return;
      // Ours are gone again at the last stage: the payload and two readers are enough there.
      const stages = Object.entries(after).filter(([stage]) => reader !== 'ffprobe' || stage !== 'removed');
      for (const [stage, readings] of stages) {
        expect.soft(foreign(readings[reader], of()), stage).toEqual(foreign(before![reader], of()));
      }
    });

    it('shows ours to mutagen, ffprobe and music-metadata', () => {
      const { mutagen, ffprobe, musicMetadata } = of().readings.mixed!;
      for (const [reader, found] of Object.entries({ mutagen, musicMetadata })) {
        if (cannotRead(reader, name)) continue;
        expect.soft(ourValues(found, 'happy'), reader).toEqual(['0.8123']);
        expect.soft(ourValues(found, 'mood-strict'), reader).toEqual(['happy', 'größe 大きさ 🎺']);
      }
      if (!cannotRead('ffprobe', name)) expect(ffprobe['nom:happy']).toBe('0.8123');
    });

    it('shows ours to TagLib, and so to Navidrome, under the one name', async () => {
      // It does not open RF64, and its map of properties leaves out what it does not know in WMA.
      if (/rf64|wma/.test(name)) return;
      const taglib = await TagLib.initialize();
      const file = await taglib.open(new Uint8Array(readFileSync(join(folder, 'mixed', name))));
      expect(file.properties()['NOM:MOOD-STRICT']).toEqual(['happy', 'größe 大きさ 🎺']);
      file.dispose();
    });

    it('is put back byte for byte, with its time', () => {
      const { hashes, mtimes } = of();
      expect(hashes.slice(5)).toEqual(hashes.slice(0, 4).reverse());
      expect(mtimes.at(-1)).toBeCloseTo(mtimes[0], 2);
    });
  });
});

async function runStages(writer: ReturnType<typeof createTagWriter>, name: string): Promise<Case> {
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
    cases.get(name)!.readings[stage] = {
      mutagen: mutagen[path],
      ffprobe: stage === 'removed' ? {} : await readByFfprobe(path),
      musicMetadata: await readByMusicMetadata(path).catch((thrown) => ({ thrown: String(thrown) })),
      pcm: stage === 'removed' ? undefined : await decodedMd5(path),
    };
  });
}

/** Everything but ours, and the fields that the plan said it would change. */
function foreign(found: Found, { changed, original }: Case): Found {
  const natives: Record<string, RegExp> = {
    bpm: /(^|[ :/])(bpm|tbpm?|tmpo|beatsperminute)$/,
    initialkey: /(^|[ :/])(initialkey|tkey?|key)$/,
    replaygain_track_gain: /replaygain_track_gain/,
    replaygain_track_peak: /replaygain_track_peak/,
    r128_track_gain: /r128_track_gain/,
    title: /(^| )(title|tit2)$/,
    artist: /(^| )(artist|tpe1)$/,
    album: /(^| )(album|talb)$/,
    date: /(^| )(date|tdrc)$/,
    track: /(^| )(track|trck)$/,
    genre: /(^| )(genre|tcon)$/,
  };
  const isOurs = (name: string) =>
    /(^|[ :])nom:/.test(name) && !name.includes('org.example')
      ? true
      : [...changed].some((field) => natives[field]?.test(name));
  // ffprobe and music-metadata take a frame's size in an unsynchronised tag for that in the file, and misread what is
  // in it; mutagen does not.
  const isMisread = (name: string) =>
    name === 'version' || (original.includes('unsynchronised') && /^id3v2_priv.x$|^id3v2.3 priv$/.test(name));
  const entries = Object.entries(found).filter(([name]) => !isOurs(name) && !isMisread(name));
  // music-metadata leaves name and value of user text in ID3v2.2 together.
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'id3v2.2 txx' ? without(value, /^(nom:|REPLAYGAIN)/) : value]),
  );
}

function without(values: unknown, pattern: RegExp): unknown {
  return [values].flat().filter((value) => !pattern.test(String(value)));
}

function ourValues(found: Found, key: string): string[] {
  const name = Object.keys(found).find((name) => name.endsWith(`nom:${key}`) && !name.includes('org.example'));
  const values = (name ? found[name] : undefined) as unknown;
  return [...new Set([values].flat(9).map(String))];
}

/**
 * What a reader cannot do with any tagger's file: decode our made-up APE and Musepack; show the ID3 chunk of a WAV that
 * has INFO too (ffprobe shows one of them); read RF64, comments of FLAC in Ogg, user text of ID3v2.2, tags behind
 * Musepack 7.
 */
function cannotRead(reader: string, name: string): boolean {
  if (reader === 'ffprobe') return /\.(ape|mpc)$|^wav-(info|id3|rf64)/.test(name);
  if (reader === 'mutagen') return /rf64/.test(name);
  return /rf64|flac-in-ogg|id3v22|two-tags|sv7/.test(name);
}

function containerOf(name: string): string {
  const kind = name.split('.').at(-1)!;
  const others: Record<string, string> = { mp2: 'mp3', wv: 'wavpack', wma: 'asf' };
  return others[kind] ?? kind;
}
