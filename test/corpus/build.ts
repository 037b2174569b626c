import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathOf } from '../support/requirements';
import { tagByTagLib } from './by-taglib';
import { dsdBytes, extended, id3v1, id3v22, monkeysBytes, musepackBytes, unsynchronised } from './bytes';
import { addMpegTags } from './mpeg-tags';
import { withEarlyAudio, withSkeleton } from './ogg-arranged';
import { addRearranged } from './rearranged';

const run = promisify(execFile);

const PLAIN = ['-map_metadata', '-1', '-fflags', '+bitexact'];
const NAMED = ['-metadata', 'title=A title', '-metadata', 'artist=Someone', '-metadata', 'genre=Rock'];

const MORE_NAMED = ['album', 'comment', 'copyright', 'date', 'track', 'language', 'encoded_by'].flatMap((name) => [
  '-metadata',
  `${name}=2 of ${name}`,
]);

/** Written into by TagLib; what ffmpeg makes of the extension. */
const BY_TAGLIB = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff', 'wma', 'wv'].map((kind) => `by-taglib.${kind}`);
const MOVING = ['-f', 'lavfi', '-i', 'testsrc=s=32x32:d=1:r=5'];

/** File → how ffmpeg makes it of one second of sound. */
const RECIPES: Record<string, readonly string[]> = {
  'mp3-id3v23-v1-ape.mp3': ['-id3v2_version', '0', ...PLAIN],
  'mp3-id3v24.mp3': ['-id3v2_version', '0', ...PLAIN],
  'mp3-id3v24-no-padding.mp3': ['-id3v2_version', '0', ...PLAIN],
  'mp3-by-ffmpeg.mp3': ['-id3v2_version', '3', ...NAMED],
  'mp3-bare.mp3': ['-id3v2_version', '0', '-write_xing', '0', ...PLAIN],
  'mp3-ape-only.mp3': ['-id3v2_version', '0', ...PLAIN],
  'mp3-vbr.mp3': ['-q:a', '6', '-id3v2_version', '4', ...NAMED],
  'mp2.mp2': ['-id3v2_version', '0', ...PLAIN],
  'aac.aac': ['-c:a', 'aac', '-f', 'adts', ...PLAIN],
  'aac-id3.aac': ['-c:a', 'aac', '-f', 'adts', ...PLAIN],
  'flac-padded.flac': PLAIN,
  'flac-tight.flac': PLAIN,
  'flac-cue.flac': NAMED,
  'vorbis.ogg': ['-c:a', 'libvorbis', ...NAMED],
  'vorbis-picture.ogg': ['-c:a', 'libvorbis', ...NAMED],
  'flac-in-ogg.ogg': ['-c:a', 'flac', ...NAMED],
  'opus.opus': ['-c:a', 'libopus', '-ar', '48000', ...NAMED],
  'opus-picture.opus': ['-c:a', 'libopus', '-ar', '48000', ...NAMED],
  'm4a-moov-first.m4a': ['-c:a', 'aac', '-movflags', '+faststart', ...NAMED],
  'm4a-moov-last.m4a': ['-c:a', 'aac', ...NAMED],
  'm4a-bare.m4a': ['-c:a', 'aac', '-movflags', '+faststart', ...PLAIN, '-empty_hdlr_name', '1'],
  'm4a-fragmented.m4a': ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov', '-frag_duration', '200000', ...NAMED],
  'm4a-chapters.m4a': ['-c:a', 'aac', '-movflags', '+faststart'],
  'm4a-dash.m4a': ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov+dash', ...NAMED],
  'alac.m4a': ['-c:a', 'alac', '-movflags', '+faststart', ...NAMED],
  'wav-info.wav': ['-c:a', 'pcm_s24le', ...NAMED, ...MORE_NAMED],
  'wav-bare.wav': PLAIN,
  'wav-id3.wav': ['-write_bext', '1', '-metadata', 'description=d', ...NAMED],
  'wav-rf64.wav': ['-rf64', 'always', ...NAMED],
  'aiff.aiff': NAMED,
  'aiff-id3.aiff': NAMED,
  'aifc.aiff': ['-c:a', 'pcm_s16le', ...NAMED],
  'wma.wma': ['-c:a', 'wmav2', ...NAMED],
  'wma-bare.wma': ['-c:a', 'wmav2', ...PLAIN],
  'wavpack.wv': PLAIN,
  'wavpack-bare.wv': PLAIN,
  'mp3-unusual-frames-23.mp3': ['-id3v2_version', '0', ...PLAIN],
  'mp3-unusual-frames-24.mp3': ['-id3v2_version', '0', ...PLAIN],
  'flac-unusual.flac': NAMED,
  'vorbis-unusual.ogg': ['-c:a', 'libvorbis', ...NAMED],
  'speex.ogg': ['-c:a', 'libspeex', '-ar', '32000', ...NAMED],
  'vorbis-behind-theora.ogg': [...MOVING, '-map', '1', '-map', '0', '-c:v', 'libtheora', '-c:a', 'libvorbis', ...NAMED],
  'vorbis-beside-opus.ogg': ['-map', '0', '-map', '0', '-c:a:0', 'libvorbis', '-c:a:1', 'libopus', ...NAMED],
  'alac-moov-last.m4a': ['-c:a', 'alac', ...NAMED],
  'm4a-keys.m4a': ['-c:a', 'aac', '-movflags', 'use_metadata_tags', ...NAMED, '-metadata', 'odd=x'],
  'm4a-unusual-atoms.m4a': ['-c:a', 'aac', '-movflags', '+faststart', ...NAMED],
  'wav-odd.wav': ['-c:a', 'pcm_u8', '-ac', '1', '-t', '0.99999', ...PLAIN],
  'wma-unusual.wma': ['-c:a', 'wmav1', ...NAMED],
  'wavpack-unusual.wv': PLAIN,
  ...Object.fromEntries(BY_TAGLIB.map((name) => [name, PLAIN])),
};

const CHAPTERS =
  ';FFMETADATA1\ntitle=A book\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Two\n';
const SOUND = 'sine=440:d=1:r=44100,aformat=channel_layouts=stereo';

/**
 * Makes a folder with a file of every container and every arrangement of tags that we know to be difficult. Needs
 * ffmpeg and a Python with mutagen. Gives back the folder.
 */
export async function buildCorpus(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-corpus-'));
  const chapters = join(folder, 'chapters.txt');
  writeFileSync(chapters, CHAPTERS);
  const entries = Object.entries(RECIPES);
  for (let at = 0; at < entries.length; at += 4) {
    await Promise.all(entries.slice(at, at + 4).map(([name, recipe]) => encode(join(folder, name), recipe, chapters)));
  }
  rmSync(chapters);
  writeFileSync(join(folder, 'monkeys.ape'), monkeysBytes());
  writeFileSync(join(folder, 'musepack.mpc'), musepackBytes());
  writeFileSync(join(folder, 'dsf.dsf'), dsdBytes());
  writeFileSync(join(folder, 'dsf-id3.dsf'), dsdBytes());
  await run(pathOf('mutagen'), [join(import.meta.dirname, 'decorate.py'), folder]);
  addUnusual(folder);
  addRearranged(folder);
  addMpegTags(folder);
  await run(pathOf('mutagen'), [join(import.meta.dirname, 'unusual.py'), folder]);
  await tagByTagLib(BY_TAGLIB.map((name) => join(folder, name)));
  return folder;
}

/** What neither ffmpeg nor mutagen writes: older and odder files, made of the others. */
function addUnusual(folder: string): void {
  const read = (name: string) => readFileSync(join(folder, name));
  const bare = read('mp3-bare.mp3');
  writeFileSync(join(folder, 'mp3-id3v22.mp3'), Buffer.concat([id3v22(), bare]));
  writeFileSync(join(folder, 'mp3-id3v1-only.mp3'), Buffer.concat([bare, id3v1()]));
  writeFileSync(join(folder, 'mp3-extended-header.mp3'), Buffer.concat([extended(), bare]));
  writeFileSync(join(folder, 'mp3-unsynchronised.mp3'), Buffer.concat([unsynchronised(), bare]));
  writeFileSync(join(folder, 'flac-behind-id3.flac'), Buffer.concat([id3v22(), read('flac-padded.flac')]));
  writeFileSync(join(folder, 'vorbis-early-audio.ogg'), withEarlyAudio(read('vorbis.ogg')));
  writeFileSync(join(folder, 'vorbis-skeleton.ogg'), withSkeleton(read('vorbis.ogg')));
  const multiplexed = [read('vorbis-beside-opus.ogg'), read('vorbis-picture.ogg'), read('vorbis-behind-theora.ogg')];
  writeFileSync(join(folder, 'vorbis-chained-multiplexed.ogg'), Buffer.concat(multiplexed));
  writeFileSync(join(folder, 'vorbis-chained.ogg'), Buffer.concat([read('vorbis.ogg'), read('vorbis-picture.ogg')]));
}

async function encode(path: string, recipe: readonly string[], chapters: string): Promise<void> {
  const inputs = [
    '-f',
    'lavfi',
    '-i',
    SOUND,
    ...(path.includes('chapters') ? ['-i', chapters, '-map_metadata', '1'] : []),
  ];
  await run('ffmpeg', ['-v', 'error', '-y', ...inputs, ...recipe, path]);
}

/** Small plain files for runs over many of them: at least one of each container that ffmpeg writes, `count` in all. */
export async function buildSmallFiles(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const kinds = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff', 'wv', 'wma'];
  await Promise.all(
    kinds.map((kind) =>
      run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=440:d=0.4', ...NAMED, join(folder, `00.${kind}`)]),
    ),
  );
  for (let index = kinds.length; index < count; index++) {
    const kind = kinds[index % kinds.length];
    writeFileSync(join(folder, `${String(index).padStart(2, '0')}.${kind}`), readFileSync(join(folder, `00.${kind}`)));
  }
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}
