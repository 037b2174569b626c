import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AppError } from '../../../rpc';
import { layoutOfMask } from '../channels';
import type { Damage, DecodedBlock } from '../codecs';
import type { Container } from '../source';
import type { Ffmpeg } from './find';

/** Its names of what we know by content. Nothing else is tried then: playlists, which name other files, least of all. */
const DEMUXERS: Record<Container, string> = {
  mp3: 'mp3',
  flac: 'flac',
  'ogg-vorbis': 'ogg',
  'ogg-opus': 'ogg',
  'ogg-flac': 'ogg',
  m4a: 'mov',
  aac: 'aac',
  wav: 'wav',
  w64: 'w64',
  aiff: 'aiff',
  wma: 'asf',
  ape: 'ape',
  wavpack: 'wv',
  mpc: 'mpc,mpc8',
  dsf: 'dsf',
  dff: 'iff',
};
/** What may be tried where we know nothing: containers that are told by their first bytes and name no other file. */
const SIGNED_DEMUXERS = 'caf,tta,tak,au,matroska,ape,shn,amr,wv,flac,wav,w64,aiff,asf,ogg,mov,dsf,iff,mpc,mpc8';

const MAX_SILENT_MS = 60_000;
/** A day and a night of sound; who claims more is no file of music. */
const MAX_SECONDS = 48 * 3600;
const MAX_ERROR_CHARS = 16_384;
const HEADER_BYTES = 4096;

/**
 * What FFmpeg makes of a file, as its own channels and rate. It runs as a child with pipes for everything, without a
 * shell, and is killed when the generator is left, the signal aborts, or it stays silent for a minute. Throws
 * `unreadable_audio` when nothing can be decoded.
 */
export async function* decodeByFfmpeg(
  file: string,
  ffmpeg: Ffmpeg,
  options: { container?: Container; signal?: AbortSignal; damage: Damage },
): AsyncGenerator<DecodedBlock> {
  const { container, signal, damage } = options;
  const child = spawn(ffmpeg.path, argumentsFor(file, container), {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    env: { PATH: process.env.PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, SystemRoot: process.env.SystemRoot },
  });
  const ended = endOf(child);
  const errors = collect(child.stderr);
  const abort = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  const watch = watchOver(child);
  let samples = 0;
  try {
    for await (const block of blocksOf(child.stdout, watch.alive)) {
      samples += block.channels[0].length;
      yield block;
      watch.alive();
      if (samples > MAX_SECONDS * block.sampleRate) break;
    }
    signal?.throwIfAborted();
    const code = await ended;
    if (code !== 0 || DAMAGE.test(errors())) damage.isTruncated = true;
    if (samples === 0) throw new AppError('unreadable_audio', 'FFmpeg cannot decode this file either; it is damaged.');
  } finally {
    watch.stop();
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}

const LONGEST_LOOK_MS = 3_000;

/** Whether FFmpeg gives anything of a file that we know nothing about, found out by its first tenth of a second. */
export function canBeginByFfmpeg(file: string, ffmpeg: Ffmpeg, signal?: AbortSignal): Promise<boolean> {
  const args = [...inputOf(file, undefined), '-t', '0.1', '-map', '0:a:0', '-f', 'null', '-'];
  const child = spawn(ffmpeg.path, args, { stdio: 'ignore', windowsHide: true, timeout: LONGEST_LOOK_MS, signal });
  return endOf(child).then((code) => code === 0);
}

/** What it says of parts that it could not decode. */
const DAMAGE = /error|invalid|corrupt|truncat|overread|missing|not found/i;

function inputOf(file: string, container: Container | undefined): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-threads', '1'],
    ...['-protocol_whitelist', 'file', '-format_whitelist', container ? DEMUXERS[container] : SIGNED_DEMUXERS],
    ...['-i', `file:${file}`, '-vn', '-sn', '-dn', '-map_metadata', '-1'],
  ];
}

function argumentsFor(file: string, container: Container | undefined): string[] {
  return [...inputOf(file, container), ...['-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1']];
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (some: string) => {
    if (text.length < MAX_ERROR_CHARS) text += some;
  });
  return () => text;
}

/** Kills a child that gives nothing for too long. */
function watchOver(child: ChildProcess) {
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_SILENT_MS);
  return { alive: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

async function* blocksOf(stdout: Readable, onBytes: () => void): AsyncGenerator<DecodedBlock> {
  let form: WavForm | undefined;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    onBytes();
    let bytes: Uint8Array = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (!form) {
      form = readHeader(bytes);
      if (!form && bytes.length > HEADER_BYTES) return;
      if (!form) {
        rest = bytes;
        continue;
      }
      bytes = bytes.subarray(form.dataAt);
    }
    const whole = bytes.length - (bytes.length % (4 * form.channels));
    if (whole > 0) yield planar(bytes.subarray(0, whole), form);
    rest = bytes.slice(whole);
  }
}

interface WavForm {
  readonly channels: number;
  readonly sampleRate: number;
  readonly mask: number;
  readonly dataAt: number;
}

/** The header of a WAV file as FFmpeg writes it; undefined while it is not all there. */
function readHeader(bytes: Uint8Array): WavForm | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let form: WavForm | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (name === 'data') return form && { ...form, dataAt: at + 8 };
    if (name === 'fmt ' && at + 8 + size <= bytes.length) {
      const mask = size >= 40 ? view.getUint32(at + 28, true) : 0;
      form = { channels: view.getUint16(at + 10, true), sampleRate: view.getUint32(at + 12, true), mask, dataAt: 0 };
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function planar(bytes: Uint8Array, { channels, sampleRate, mask }: WavForm): DecodedBlock {
  const samples = new Float32Array(new Uint8Array(bytes).buffer);
  const separate = Array.from({ length: channels }, (_, channel) => {
    const out = new Float32Array(samples.length / channels);
    for (let i = 0, at = channel; i < out.length; i++, at += channels) out[i] = samples[at];
    return out;
  });
  return { channels: separate, sampleRate, layout: layoutOfMask(mask, channels) };
}
