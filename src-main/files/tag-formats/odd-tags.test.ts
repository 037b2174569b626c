import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { shared } from '../../../test/support/real-music';
import { requires } from '../../../test/support/requirements';
import { readMetadata } from './metadata';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-odd-tags-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Frames of 128 kbit/s, of 1152 samples at 44.1 kHz. */
const frames = (count: number, bitrateIndex = 9) => {
  const length = Math.floor((144_000 * [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160][bitrateIndex]) / 44_100);
  const frame = Buffer.alloc(length);
  frame.set([0xff, 0xfb, bitrateIndex << 4, 0]);
  return Buffer.concat(Array.from({ length: count }, () => frame));
};
const SOUND = frames(50);

function frame(id: string, content: Buffer | string, flags = 0, syncsafe = false): Buffer {
  const body = typeof content === 'string' ? Buffer.from(`\0${content}`, 'latin1') : content;
  const head = Buffer.alloc(10);
  head.write(id, 'latin1');
  if (syncsafe)
    head.set(
      [21, 14, 7, 0].map((bits) => (body.length >> bits) & 127),
      4,
    );
  else head.writeUInt32BE(body.length, 4);
  head[9] = flags;
  return Buffer.concat([head, body]);
}

function id3(version: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = [21, 14, 7, 0].map((bits) => (body.length >> bits) & 127);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, version, 0, 0, ...size]), body]);
}

async function read(...parts: Buffer[]) {
  const path = join(folder, 'file.mp3');
  writeFileSync(path, Buffer.concat(parts));
  return readMetadata(path);
}

describe('ID3', () => {
  it('leaves a slash in a name where version 2.3 would have it part names', async () => {
    const found = await read(id3(3, frame('TPE1', 'AC/DC'), frame('TCON', '(17)(4)Rock/Roll')), SOUND);
    expect(found).toMatchObject({ artist: 'AC/DC', genre: 'Rock; Disco; Rock/Roll' });
  });

  it('parts a list of artists where there are as many ids', async () => {
    const ids = ['1fc55b7b-dec1-480f-8599-5c1ac8313c06', 'fa0c535c-8bfa-4795-a26d-99cb6c8497e7'];
    const tag = id3(
      3,
      frame('TPE1', 'AC/DC feat. B'),
      frame('TXXX', `MusicBrainz Artist Id\0${ids.join('/')}`),
      frame('TXXX', 'ARTISTS\0One/Two'),
    );
    expect((await read(tag, SOUND)).texts).toMatchObject({ artist: ['One', 'Two'], mbz_artist_id: ids });
  });

  it('keeps several values as version 2.4 has them', async () => {
    const found = await read(id3(4, frame('TPE1', 'A\0B\0C'), frame('TCON', '17\0Pop')), SOUND);
    expect(found).toMatchObject({ artist: 'A, B & C', genre: 'Rock; Pop', texts: { artist: ['A', 'B', 'C'] } });
  });

  it('puts year and day together', async () => {
    const found = await read(id3(3, frame('TYER', '1995'), frame('TDAT', '1310')), SOUND);
    expect(found).toMatchObject({ year: 1995, texts: { date: ['1995-10-13'] } });
  });

  it('believes the first of two tags as a whole, and an older kind only where it says nothing', async () => {
    const v1 = Buffer.alloc(128);
    v1.write('TAGOld title', 'latin1');
    v1.write('Old album', 63, 'latin1');
    const tags = [id3(3, frame('TIT2', 'New')), id3(3, frame('TIT2', 'Old'), frame('TPE1', 'Someone'))];
    expect(await read(...tags, SOUND, v1)).toMatchObject({ title: 'New', artist: null, album: 'Old album' });
  });

  it('reads names of three letters in a later version', async () => {
    const tag = id3(3, frame('TT2\0', 'Title'), frame('TP1 ', 'Artist'));
    expect(await read(tag, SOUND)).toMatchObject({ title: 'Title', artist: 'Artist' });
  });

  it('reads what is compressed, and what stands before a damaged frame', async () => {
    const text = Buffer.from('\0Packed', 'latin1');
    const size = Buffer.from([0, 0, 0, text.length]);
    const packed = frame('TIT2', Buffer.concat([size, deflateSync(text)]), 0x80);
    const damaged = Buffer.from('TALB\xff\xff\xff\xff\0\0', 'latin1');
    expect(await read(id3(3, packed, damaged), SOUND)).toMatchObject({ title: 'Packed', album: null });
  });

  it('keeps what taggers know of a recording', async () => {
    const lyrics = Buffer.from('\0eng\0la la', 'latin1');
    const id = Buffer.from('http://musicbrainz.org\0f00d', 'latin1');
    const tag = id3(4, frame('USLT', lyrics), frame('UFID', id), frame('TDOR', '1987'), frame('TSOP', 'Beatles, The'));
    const found = await read(tag, SOUND);
    expect(found.lyrics).toBe('la la');
    expect(found.texts).toMatchObject({
      mbz_recording_id: ['f00d'],
      originaldate: ['1987'],
      sortartist: ['Beatles, The'],
    });
  });

  it('steps over a large picture without reading it', async () => {
    const picture = Buffer.alloc(12 * 1024 * 1024, 7);
    picture.write('\0image/png\0\x03\0', 'latin1');
    const tag = id3(3, frame('APIC', picture), frame('TIT2', 'Behind it'));
    const before = process.memoryUsage().arrayBuffers;
    const path = join(folder, 'large.mp3');
    writeFileSync(path, Buffer.concat([tag, SOUND]));
    const written = process.memoryUsage().arrayBuffers;
    expect((await readMetadata(path)).title).toBe('Behind it');
    expect(process.memoryUsage().arrayBuffers - Math.max(before, written)).toBeLessThan(4 * 1024 * 1024);
  });
});

describe('the length', () => {
  it('is counted where frames differ and no header says it', async () => {
    const found = await read(frames(100, 9), frames(300, 5));
    expect(found.durationMs).toBeCloseTo((400 * 1152 * 1000) / 44_100, -1);
    expect(found.isDurationEstimated).toBe(false);
  });

  it('is not what a header says of a file that was cut off since', async () => {
    const first = Buffer.from(frames(1));
    first.write('Xing', 36, 'latin1');
    first.writeUInt32BE(3, 40);
    first.writeUInt32BE(10_000, 44);
    first.writeUInt32BE(10_000 * 417, 48);
    expect((await read(first, frames(100))).durationMs).toBeCloseTo((101 * 1152 * 1000) / 44_100, -2);
  });

  it('is found with sound a megabyte behind the tag', async () => {
    const found = await read(id3(3, frame('TIT2', 'Far')), Buffer.alloc(1_000_000), SOUND);
    expect(found).toMatchObject({ title: 'Far', sampleRate: 44_100 });
  });
});

requires('ffmpeg').describe('of a WAV file', () => {
  const made = (name: string, ...options: string[]) => {
    const path = join(folder, name);
    const sound = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=2', '-metadata', 'title=A title'];
    execFileSync('ffmpeg', [...sound, ...options, path]);
    return path;
  };

  it.each(['RF64', 'BW64'])('is read from %s', async (kind) => {
    const path = made('wide.wav', '-rf64', 'always');
    const bytes = readFileSync(path);
    bytes.write(kind, 'latin1');
    writeFileSync(path, bytes);
    expect(await readMetadata(path)).toMatchObject({ durationMs: 2000, sampleRate: 44_100, title: 'A title' });
  });

  it('is found where the sizes were never filled in', async () => {
    const bytes = readFileSync(made('plain.wav', '-fflags', '+bitexact'));
    bytes.writeUInt32LE(0, 4);
    bytes.writeUInt32LE(0, bytes.indexOf('data') + 4);
    const path = join(folder, 'open.wav');
    writeFileSync(path, bytes);
    expect(await readMetadata(path)).toMatchObject({ durationMs: 2000, channels: 1 });
  });

  it('is that of QuickTime with plain samples', async () => {
    const path = made('plain.mov', '-c:a', 'pcm_s16le', '-f', 'mov');
    expect(await readMetadata(path)).toMatchObject({ durationMs: 2000, sampleRate: 44_100, title: 'A title' });
  });
});

/** Files of other projects, which are read where they lie. */
const library = shared && join(shared, 'faults/audio/library');
const EXPECTED: Record<string, object> = {
  'ape-behind-id3v2.ape': { durationMs: 3550, title: 'TitleXXXX' },
  'artist-slash-v23.mp3': { artist: 'AC/DC' },
  'date-slashes.ogg': { year: 1995 },
  'gnre-implicit-type.m4a': { genre: 'Rock' },
  'mpc-id3v1.mpc': { title: 'Tag type ID3v1.1', durationMs: 4900 },
  'musepack-sv7.mpc': { sampleRate: 44_100 },
  'oggflac-tags.oga': { title: 'T', artist: 'A', album: 'L', genre: 'G', year: 2001, trackNumber: 3 },
  'two-id3-tags.mp3': { title: 'New title', artist: 'New artist' },
  'v22-frame-ids-in-v23.mp3': { title: 'Title', artist: 'Artist', album: 'Album' },
  'vbr-without-header.mp3': { durationMs: 13_035 },
  'wav-rf64-info.wav': { title: 'Sixty four', durationMs: 9000 },
  'wavpack-no-length.wv': { durationMs: 3705 },
  'wma-broadcast.wma': { isDurationEstimated: true },
  'year-not-date.ogg': { year: 2000 },
};
describe.skipIf(!library || !existsSync(library))('files that others found', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    expect(await readMetadata(join(library!, name))).toMatchObject(expected);
  });
});
