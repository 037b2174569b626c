import type { OggPage } from './ogg-pages';

/** No header packet but the comments, which are not kept, is as long. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Puts the packets of one stream together that its pages carry in parts. Of a packet longer than 8 MB, which is tags
 * with pictures, the beginning is kept.
 */
export function createPacketReader() {
  let parts: Uint8Array[] = [];
  let kept = 0;
  let isInPacket = false;
  return {
    /** The packets that end on this page. */
    read({ bytes, bodyAt, isContinued }: OggPage): Uint8Array[] {
      const packets: Uint8Array[] = [];
      // What a lost page began cannot be finished, and what one left open is gone.
      let isLost = isContinued && !isInPacket;
      if (!isContinued) parts = [];
      let at = bodyAt;
      let from = at;
      const take = (): void => {
        if (kept < MAX_KEPT_BYTES) parts.push(bytes.subarray(from, at));
        kept += at - from;
        from = at;
      };
      const segments = bytes[26];
      for (let i = 0; i < segments; i++) {
        const length = bytes[27 + i];
        at += length;
        isInPacket = length === 255;
        if (isInPacket) continue;
        take();
        if (!isLost) packets.push(parts.length === 1 ? parts[0] : Buffer.concat(parts));
        isLost = false;
        parts = [];
        kept = 0;
      }
      take();
      return packets;
    },
  };
}
