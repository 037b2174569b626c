import { AppError } from '../../../../rpc';
import { CopyProtectedError } from '../codec';

/** A stream of audio in an ASF file, and what of the file matters to it. */
export interface AsfAudio {
  readonly stream: number;
  /** WAVEFORMATEX, with what the codec adds to it. */
  readonly waveFormat: Uint8Array;
  readonly formatTag: number;
  readonly channels: number;
  readonly sampleRate: number;
  /** Bytes of one block of the codec. */
  readonly blockAlign: number;
  /** Bytes of a packet; 0 when they vary. */
  readonly packetBytes: number;
  /** Undefined for a broadcast, whose length nobody knew. */
  readonly seconds: number | undefined;
}

const FILE_PROPERTIES = 'a1dcab8c47a9cf118ee400c00c205365';
const STREAM_PROPERTIES = '9107dcb7b7a9cf118ee600c00c205365';
const HEADER_EXTENSION = 'b503bf5f2ea9cf118ee300c00c205365';
const EXTENDED_STREAM = 'cba5e61472c632438399a96952065b5a';
const AUDIO = '409e69f84d5bcf11a8fd00805f5c442b';
const OBJECT_BYTES = 24;
const WAVEFORMATEX_BYTES = 18;
const IS_BROADCAST = 1;
const IS_ENCRYPTED = 0x8000;

interface AsfObject {
  readonly guid: string;
  readonly body: Uint8Array;
}

/**
 * The audio stream of a header object that has the most channels among those of the given codecs (ASF specification
 * 01.20.06, §3). Throws `unsupported_file` when there is none.
 */
export function audioOfHeader(header: Uint8Array, codecs: ReadonlySet<number>): AsfAudio {
  let file = { packetBytes: 0, seconds: undefined as number | undefined };
  const found: Omit<AsfAudio, 'packetBytes' | 'seconds'>[] = [];
  let isEncrypted = false;
  for (const { guid, body } of allObjects(header)) {
    if (guid === FILE_PROPERTIES && body.length >= 80) file = readFileProperties(viewOf(body));
    else if (guid === STREAM_PROPERTIES && body.length >= 54 + WAVEFORMATEX_BYTES && guidAt(body, 0) === AUDIO) {
      isEncrypted ||= (viewOf(body).getUint16(48, true) & IS_ENCRYPTED) !== 0;
      found.push(readStream(body));
    }
  }
  if (found.length === 0) throw new AppError('unsupported_file', 'This Windows Media file has no sound in it.');
  if (isEncrypted) throw new CopyProtectedError();
  const known = found.filter(({ formatTag }) => codecs.has(formatTag)).sort((a, b) => b.channels - a.channels);
  if (known.length > 0) return { ...known[0], ...file };
  throw new AppError('unsupported_file', 'This file holds a kind of Windows Media sound that cannot be decoded.');
}

/** Also those that stand inside the header extension and its descriptions of streams. */
function* allObjects(header: Uint8Array): Generator<AsfObject> {
  for (const object of objectsIn(header.subarray(30))) {
    yield object;
    if (object.guid !== HEADER_EXTENSION) continue;
    for (const inner of objectsIn(object.body.subarray(22))) {
      if (inner.guid === EXTENDED_STREAM) yield* objectsIn(streamPropertiesIn(inner.body));
    }
  }
}

function* objectsIn(bytes: Uint8Array): Generator<AsfObject> {
  for (let at = 0; at + OBJECT_BYTES <= bytes.length; ) {
    const size = Number(viewOf(bytes).getBigUint64(at + 16, true));
    if (size < OBJECT_BYTES || at + size > bytes.length) return;
    yield { guid: guidAt(bytes, at), body: bytes.subarray(at + OBJECT_BYTES, at + size) };
    at += size;
  }
}

/** Names and extension systems, of varying length, come before the stream properties. */
function streamPropertiesIn(body: Uint8Array): Uint8Array {
  if (body.length < 64) return body.subarray(body.length);
  const view = viewOf(body);
  const [names, systems] = [view.getUint16(60, true), view.getUint16(62, true)];
  let at = 64;
  for (let i = 0; i < names && at + 4 <= body.length; i++) at += 4 + view.getUint16(at + 2, true);
  for (let i = 0; i < systems && at + 22 <= body.length; i++) at += 22 + view.getUint32(at + 18, true);
  return body.subarray(Math.min(at, body.length));
}

function readFileProperties(view: DataView) {
  const isBroadcast = (view.getUint32(64, true) & IS_BROADCAST) !== 0;
  const seconds = Number(view.getBigUint64(40, true)) / 1e7 - Number(view.getBigUint64(56, true)) / 1000;
  const [shortest, longest] = [view.getUint32(68, true), view.getUint32(72, true)];
  return {
    packetBytes: shortest === longest ? longest : 0,
    seconds: isBroadcast || seconds <= 0 ? undefined : seconds,
  };
}

function readStream(body: Uint8Array) {
  const view = viewOf(body);
  const formatBytes = Math.min(view.getUint32(40, true), body.length - 54);
  return {
    stream: view.getUint16(48, true) & 127,
    waveFormat: body.subarray(54, 54 + formatBytes),
    formatTag: view.getUint16(54, true),
    channels: view.getUint16(56, true),
    sampleRate: view.getUint32(58, true),
    blockAlign: view.getUint16(66, true),
  };
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const guidAt = (bytes: Uint8Array, at: number): string => Buffer.from(bytes.subarray(at, at + 16)).toString('hex');
