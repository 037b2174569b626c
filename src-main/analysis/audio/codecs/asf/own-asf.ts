import type { AsfAudio } from './asf-header';

/** Flags, lengths and times of a packet with one payload, all of them empty, and the payload's stream. */
const PACKET_HEADER_BYTES = 10;
const HEADER = '3026b2758e66cf11a6d900aa0062ce6c';
const FILE_PROPERTIES = 'a1dcab8c47a9cf118ee400c00c205365';
const STREAM_PROPERTIES = '9107dcb7b7a9cf118ee600c00c205365';
const AUDIO = '409e69f84d5bcf11a8fd00805f5c442b';
const DATA = '3626b2758e66cf11a6d900aa0062ce6c';

/** The beginning of a file that holds this stream alone, up to its first packet. */
export function headerFor({ waveFormat, blockAlign }: AsfAudio): Uint8Array {
  const packetBytes = PACKET_HEADER_BYTES + blockAlign;
  const file = Buffer.alloc(80);
  file.writeUInt32LE(packetBytes, 68);
  file.writeUInt32LE(packetBytes, 72);
  const stream = Buffer.alloc(54);
  stream.write(AUDIO, 0, 'hex');
  stream.writeUInt32LE(waveFormat.length, 40);
  stream.writeUInt16LE(1, 48);
  const objects = [object(FILE_PROPERTIES, file), object(STREAM_PROPERTIES, Buffer.concat([stream, waveFormat]))];
  const count = Buffer.from([objects.length, 0, 0, 0, 1, 2]);
  return Buffer.concat([object(HEADER, Buffer.concat([count, ...objects])), object(DATA, Buffer.alloc(26))]);
}

function object(guid: string, body: Uint8Array): Buffer {
  const header = Buffer.alloc(24);
  header.write(guid, 0, 'hex');
  header.writeBigUInt64LE(BigInt(24 + body.length), 16);
  return Buffer.concat([header, body]);
}

/** One block of the codec as a packet of that file. */
export function blockPacket(block: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PACKET_HEADER_BYTES + block.length);
  packet[PACKET_HEADER_BYTES - 1] = 1;
  packet.set(block, PACKET_HEADER_BYTES);
  return packet;
}
