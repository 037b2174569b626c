import type { Source } from '../../safe-files';
import type { Container } from '../tag-file';
import { asfStream } from './asf-stream';
import { aiffStream, dsfStream, monkeysStream, streamInfo, wavStream } from './lossless-streams';
import { mp4Stream } from './mp4-stream';
import { mpegStream } from './mpeg-stream';
import { musepackStream } from './musepack-stream';
import { oggStream } from './ogg-stream';
import { type AudioRange, plausible, type StreamFacts } from './stream-facts';
import { wavpackStream } from './wavpack-stream';

/** Streams: what the headers of every container say of its sound. */
export type { AudioRange, StreamFacts } from './stream-facts';

type ReadStream = (source: Source, audio: AudioRange) => Promise<StreamFacts | undefined>;

const STREAMS: Readonly<Record<Container, ReadStream>> = {
  mp3: mpegStream,
  aac: mpegStream,
  flac: (source, { offset }) => streamInfo(source, offset + 8),
  ogg: oggStream,
  opus: oggStream,
  m4a: mp4Stream,
  wav: wavStream,
  aiff: aiffStream,
  asf: asfStream,
  ape: monkeysStream,
  wavpack: wavpackStream,
  mpc: musepackStream,
  dsf: dsfStream,
};

/** What the headers of a file say of its sound, without what cannot be. */
export async function streamOf(source: Source, container: Container, audio: AudioRange): Promise<StreamFacts> {
  // A damaged header says nothing, and costs no more than what it would have said.
  const facts = await STREAMS[container](source, audio).catch((thrown: unknown) => {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  });
  return plausible(facts ?? {}, source.size);
}
