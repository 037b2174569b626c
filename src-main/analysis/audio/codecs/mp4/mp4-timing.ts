import { u32 } from './mp4-boxes';
import type { Media } from './mp4-media';
import type { AudioTrack } from './mp4-track';

/** Units of a second in which a track counts; 0 when it does not say. */
const timescaleOf = (mdhd: Uint8Array | undefined): number =>
  mdhd && mdhd.length >= 24 ? u32(mdhd, mdhd[0] === 1 ? 20 : 12) : 0;

/** How long the samples last that index and fragments name, as far as the fragments were read. */
export function mediaSeconds({ timing }: AudioTrack, media: Media): number {
  const scale = timescaleOf(timing.mdhd);
  if (!scale) return 0;
  let units = media.fragmentUnits();
  const { stts } = timing;
  for (let i = 0; stts && i < u32(stts, 4); i++) units += u32(stts, 8 + 8 * i) * u32(stts, 12 + 8 * i);
  return units / scale;
}
