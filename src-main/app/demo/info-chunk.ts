/** Names of the fields in a WAV's `LIST INFO` chunk that players show. */
const FIELDS = { title: 'INAM', artist: 'IART', album: 'IPRD', genre: 'IGNR', track: 'ITRK' } as const;

export type WavInfo = Partial<Record<keyof typeof FIELDS, string>>;

/** The same WAV with its title, artist and so on behind the audio. @see RIFF MCI, "INFO List Chunk" */
export function withInfo(wav: Buffer, info: WavInfo): Buffer {
  const fields = (Object.keys(info) as (keyof typeof FIELDS)[]).map((name) => subChunk(FIELDS[name], info[name] ?? ''));
  const body = Buffer.concat([Buffer.from('INFO', 'latin1'), ...fields]);
  const file = Buffer.concat([wav, chunkHeader('LIST', body.length), body]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

/** Text ends with a zero, and every chunk begins at an even place. */
function subChunk(id: string, text: string): Buffer {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  return Buffer.concat([chunkHeader(id, bytes.length), bytes, Buffer.alloc(bytes.length % 2)]);
}

function chunkHeader(id: string, length: number): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 0, 'latin1');
  header.writeUInt32LE(length, 4);
  return header;
}
