import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { payloadHash, readTags } from '../../src-main/files/tag-formats';
import type { WantedTags } from '../../src-main/files/tag-formats/tag-file/wanted-tags';
import { planTags } from '../../src-main/library/tagging/write/tag-writer';
import { openDatabase } from '../../src-main/platform/database';
import { buildCorpus } from '../corpus/build';
import { isOurs, type RawPart, rawParts } from '../corpus/raw';
import { decodedMd5 } from '../corpus/readers';
import { randomOf } from '../e2e/random';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';
import { shaOf } from './after-crash';
import { memory, times } from './cases';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mutagen');

const SEED = 20_261_121;
const ROUNDS = times(2, 6);
const folder = temporaryFolder('files', memory);
const music = join(folder.path, 'music');
const database = join(folder.path, 'tonearm.db');
let corpus = '';
let names: string[] = [];

/** Every write of the run, for the lines to be counted over. */
const seen = { writes: 0, payload: 0, decoded: 0, pcm: 0, parts: 0, kept: 0, planned: 0, again: 0 };

describe('Every layout of the corpus', () => {
  beforeAll(async () => {
    corpus = await buildCorpus();
    names = readdirSync(corpus).sort();
    mkdirSync(music);
    for (const name of names) {
      copyFileSync(join(corpus, name), join(music, name));
      utimesSync(join(music, name), 1_000_000_000, 1_000_000_000.25);
    }
  }, 240_000);
  afterAll(() => {
    rmSync(corpus, { recursive: true, force: true });
    folder.remove();
  });

  it('keeps audio and every piece of others byte for byte when tags grow and shrink, and does what was planned', async () => {
    const writer = aTagWriter({ db: openDatabase(database), reserveBytes: 0 });
    for (const name of names) {
      const random = randomOf(SEED);
      for (let round = 0; round < ROUNDS; round++) {
        for (const wanted of [manyTags(random), fewTags(random)]) await writeAndCompare(writer, name, wanted);
      }
      const sound = await decodedMd5(join(corpus, name));
      if (sound !== undefined) {
        seen.pcm++;
        expect(await decodedMd5(join(music, name)), name).toBe(sound);
        seen.decoded++;
      }
    }
    expect(names.length).toBeGreaterThan(100);
    // Every layout can be decoded: what no encoder on the machine makes is made of real audio by the tests.
    expect(seen.pcm).toBe(names.length);
    const all = '100 %';
    const note = `${names.length} layouts, seed ${SEED}`;
    const { writes } = seen;
    recordFigure('R1', {
      what: 'audio payload before and after',
      cases: writes,
      passed: seen.payload,
      line: all,
      note,
    });
    recordFigure('R2', { what: 'samples that ffmpeg decodes', cases: seen.pcm, passed: seen.decoded, line: all, note });
    recordFigure('R3', { what: 'raw pieces of others', cases: seen.parts, passed: seen.kept, line: all, note });
    recordFigure('R14', {
      what: 'the same wish again',
      cases: writes,
      passed: seen.again,
      line: 'writes nothing',
      note,
    });
    recordFigure('R15', { what: 'fields changed = plan', cases: writes, passed: seen.planned, line: 'equal', note });
  }, 600_000);

  it('is put back byte for byte with its time by another writer, the latest write first', async () => {
    const writer = aTagWriter({ db: openDatabase(database), reserveBytes: 0 });
    for (const name of names) {
      const path = join(music, name);
      while (writer.list({ path }).some(({ state }) => state === 'written')) await writer.undoFile(path);
      expect(shaOf(readFileSync(path)), name).toBe(shaOf(readFileSync(join(corpus, name))));
      expect(statSync(path).mtimeMs, name).toBeCloseTo(1_000_000_000_250, -1);
    }
  }, 300_000);

  it('is taken apart by the tests into pieces that hold what is known to be in it', () => {
    const pieces = (name: string) => rawParts(name, readFileSync(join(corpus, name))).map((part) => part.name);
    expect(pieces('mp3-id3v24.mp3')).toEqual(expect.arrayContaining(['ID3 APIC', 'ID3 CHAP', 'ID3 PRIV', 'audio']));
    expect(pieces('mp3-id3v23-v1-ape.mp3')).toEqual(expect.arrayContaining(['APE Cover Art (Front)', 'ID3v1']));
    expect(pieces('flac-cue.flac')).toContain('FLAC block 5');
    expect(pieces('flac-seek-table.flac')).toEqual(expect.arrayContaining(['FLAC block 3', 'FLAC block 6']));
    expect(pieces('m4a-chapters.m4a')).toEqual(expect.arrayContaining(['moov/udta/chpl', 'mdat']));
    expect(pieces('wav-id3.wav')).toEqual(expect.arrayContaining(['chunk bext', 'chunk data', 'ID3 APIC']));
    expect(pieces('vorbis-picture.ogg').filter((name) => name === 'Ogg comment').length).toBeGreaterThan(5);
    expect(pieces('wma.wma').filter((name) => name.startsWith('ASF ')).length).toBeGreaterThan(8);
    expect(pieces('dsf-id3.dsf')).toContain('ID3 APIC');
  });
});

async function writeAndCompare(writer: WriterOfTags, name: string, wanted: WantedTags) {
  const path = join(music, name);
  const before = rawParts(name, readFileSync(path));
  const payload = await payloadHash(path);
  const plan = await writer.plan(path, wanted);
  await writer.write(plan);
  seen.writes++;
  expect(await payloadHash(path), name).toBe(payload);
  seen.payload++;
  const after = rawParts(name, readFileSync(path));
  const others = ofOthers(before);
  seen.parts += others.length;
  expect(missingFrom(after, others), name).toEqual([]);
  seen.kept += others.length;
  // What is new and not ours is what the plan said would be carried over from an older kind of tag.
  const carried = plan.changes.filter(({ field, new: values }) => !field.startsWith('nom:') && values.length > 0);
  const added = missingFrom(
    before,
    ofOthers(after).filter((part) => !isFrame(part)),
  );
  expect(added.length, `${name}: ${added}`).toBe(carried.length);
  expect(await readTags(path, 'nom'), name).toEqual(wanted.tags);
  seen.planned++;
  expect((await planTags(path, wanted)).changes, name).toEqual([]);
  seen.again++;
}

/** What says nothing by itself: the version of a new tag, the vendor of new comments, an empty box around others. */
const isFrame = ({ name, bytes }: RawPart) => /version$|vendor$|hdlr$/.test(name) || bytes.length === 0;

/** Everything but ours; a tag that holds nothing else may go with it. */
function ofOthers(parts: readonly RawPart[]): RawPart[] {
  const left = parts.filter((part) => !isOurs(part) && part.bytes.length > 0);
  const holdsOthers = left.some(({ name }) => name.startsWith('ID3 ') && name !== 'ID3 version');
  return left.filter(({ name }) => holdsOthers || name !== 'ID3 version');
}

/** Names of the pieces that are not there, each as often as it is lacking; the order in which they lie may be another. */
function missingFrom(there: readonly RawPart[], wanted: readonly RawPart[]): string[] {
  const left = Map.groupBy(there, ({ name, bytes }) => `${name} ${shaOf(bytes)}`);
  return wanted.filter(({ name, bytes }) => !left.get(`${name} ${shaOf(bytes)}`)?.pop()).map(({ name }) => name);
}

function manyTags(random: () => number): WantedTags {
  const count = 20 + Math.floor(random() * 60);
  const entries = Array.from({ length: count }, (_, index) => [
    `label-${index}`,
    [random().toFixed(4), 'é'.repeat(1 + Math.floor(random() * 120))],
  ]);
  return { namespace: 'nom', tags: Object.fromEntries([...entries, ['long', ['ab'.repeat(9000)]]]) };
}

function fewTags(random: () => number): WantedTags {
  return { namespace: 'nom', tags: random() < 0.3 ? {} : { happy: [random().toFixed(4)] } };
}
