import type { Source } from '../../safe-files';
import { ASF, asfObjects } from '../asf';
import type { StreamFacts } from './stream-facts';

const AUDIO = '409e69f84d5bcf11a8fd00805f5c442b';
const IS_BROADCAST = 1;

/** By the header of a WMA file: its first stream of sound, and the length that it states, which a broadcast does not. */
export async function asfStream(source: Source): Promise<StreamFacts | undefined> {
  const objects = await asfObjects(source);
  const properties = objects.find(({ id, size }) => id === ASF.FILE_PROPERTIES && size >= 104);
  const headerSize = Number((await source.read(16, 8)).readBigUInt64LE(0));
  const file = properties && (await source.read(properties.offset, 104));
  for (const { id, offset, size } of objects) {
    if (id !== ASF.STREAM_PROPERTIES || size < 78 + 16) continue;
    const bytes = await source.read(offset, 78 + 16);
    if (bytes.length < 94 || bytes.toString('hex', 24, 40) !== AUDIO) continue;
    const bitrate = bytes.readUInt32LE(78 + 8) * 8;
    const stated = file && lengthOf(file);
    const behind = source.size - headerSize;
    const seconds = stated ?? (bitrate ? (behind * 8) / bitrate : undefined);
    return {
      channels: bytes.readUInt16LE(78 + 2),
      sampleRate: bytes.readUInt32LE(78 + 4),
      bitrate,
      bitDepth: bytes.readUInt16LE(78 + 14),
      seconds,
      isEstimate: (stated === undefined && seconds !== undefined) || undefined,
    };
  }
  return undefined;
}

/** The time to play less what is read ahead of it, which is counted in. */
function lengthOf(file: Buffer): number | undefined {
  const seconds = Number(file.readBigUInt64LE(64)) / 1e7 - Number(file.readBigUInt64LE(80)) / 1000;
  return file.readUInt32LE(88) & IS_BROADCAST || seconds <= 0 ? undefined : seconds;
}
