/** A part of a media object of one stream. */
interface Payload {
  readonly object: number;
  readonly offset: number;
  /** Bytes of the whole object; 0 when it is not told. */
  readonly objectBytes: number;
  readonly bytes: Uint8Array;
}

const FIELD_BYTES = [0, 1, 2, 4];

/** Reads the fields of a packet one after the other; reading beyond the end gives zeros. */
function createFieldReader(packet: Uint8Array) {
  let at = 0;
  return {
    get at() {
      return at;
    },
    skip(bytes: number): void {
      at += bytes;
    },
    /** @param type 0 … 3: none, one, two or four bytes */
    field(type: number): number {
      let value = 0;
      for (let i = 0; i < FIELD_BYTES[type & 3]; i++) value += (packet[at + i] ?? 0) * 2 ** (8 * i);
      at += FIELD_BYTES[type & 3];
      return value;
    },
    take(length: number): Uint8Array {
      const bytes = packet.subarray(at, at + length);
      at += length;
      return bytes;
    },
  };
}

/** The payloads of one stream in a data packet (ASF specification 01.20.06, §5.2). */
function payloadsOf(packet: Uint8Array, stream: number): Payload[] {
  const reader = createFieldReader(packet);
  const correction = packet[0] ?? 0;
  if (correction & 0x80) reader.skip(1 + (correction & 15));
  const lengthFlags = reader.field(1);
  const propertyFlags = reader.field(1);
  const packetBytes = reader.field(lengthFlags >> 5);
  reader.field(lengthFlags >> 1);
  const padding = reader.field(lengthFlags >> 3);
  reader.skip(6);
  const end = Math.max(0, (packetBytes > 0 ? Math.min(packetBytes, packet.length) : packet.length) - padding);
  const isMultiple = (lengthFlags & 1) === 1;
  const payloadFlags = isMultiple ? reader.field(1) : 1;
  const payloads: Payload[] = [];
  for (let i = 0; i < (payloadFlags & 63) && reader.at < end; i++) {
    const number = reader.field(1) & 127;
    const object = reader.field(propertyFlags >> 4);
    const offset = reader.field(propertyFlags >> 2);
    const replicated = reader.field(propertyFlags);
    const objectBytes = replicated >= 8 ? new DataView(padded(reader.take(replicated))).getUint32(0, true) : 0;
    if (replicated < 8) reader.skip(replicated);
    const length = isMultiple ? reader.field(payloadFlags >> 6) : end - reader.at;
    const bytes = reader.take(Math.min(length, Math.max(0, end - reader.at)));
    if (number !== stream) continue;
    if (replicated === 1) payloads.push(...wholeObjects(bytes, object));
    else payloads.push({ object, offset, objectBytes, bytes });
  }
  return payloads;
}

/** At least eight bytes of their own. */
const padded = (bytes: Uint8Array): ArrayBuffer => {
  const copy = new Uint8Array(Math.max(8, bytes.length));
  copy.set(bytes);
  return copy.buffer;
};

/** A compressed payload: objects that are small and whole, each behind its length. */
function wholeObjects(bytes: Uint8Array, first: number): Payload[] {
  const payloads: Payload[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at];
    const part = bytes.subarray(at + 1, at + 1 + length);
    payloads.push({ object: first + payloads.length, offset: 0, objectBytes: part.length, bytes: part });
    at += 1 + length;
  }
  return payloads;
}

const MAX_OBJECT_BYTES = 16 * 1024 * 1024;

/** Puts the media objects of one stream together, which lie in parts in its payloads. */
export function createObjectReader(stream: number) {
  let parts: Uint8Array[] = [];
  let filled = 0;
  let current = -1;
  const finish = (): Uint8Array[] => {
    const object = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    parts = [];
    filled = 0;
    return object.length > 0 ? [object] : [];
  };
  return {
    /** The objects that are whole with this packet. */
    read(packet: Uint8Array): Uint8Array[] {
      const objects: Uint8Array[] = [];
      for (const { object, offset, objectBytes, bytes } of payloadsOf(packet, stream)) {
        if (object !== current || offset === 0) objects.push(...finish());
        current = object;
        if (filled < MAX_OBJECT_BYTES) parts.push(bytes);
        filled += bytes.length;
        if (objectBytes > 0 && filled >= objectBytes) objects.push(...finish());
      }
      return objects;
    },
    finish,
  };
}
