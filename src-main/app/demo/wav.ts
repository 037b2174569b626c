const HEADER_BYTES = 44;

/** What stands before 16-bit PCM in a RIFF/WAVE file. */
export function wavHeader({ frames, channels, sampleRate }: { frames: number; channels: number; sampleRate: number }) {
  const frameBytes = 2 * channels;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_BYTES - 8 + frames * frameBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(frames * frameBytes, 40);
  return header;
}

/** A RIFF/WAVE file of 16-bit PCM. Samples beyond ±1 are clipped. */
export function encodeWav(channels: readonly Float32Array[], sampleRate: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = 2 * channels.length;
  const file = Buffer.alloc(HEADER_BYTES + frames * frameBytes);
  wavHeader({ frames, channels: channels.length, sampleRate }).copy(file);
  for (let c = 0; c < channels.length; c++) {
    for (let i = 0; i < frames; i++) {
      const sample = Math.max(-1, Math.min(1, channels[c][i]));
      file.writeInt16LE(Math.round(sample * 32_767), HEADER_BYTES + i * frameBytes + 2 * c);
    }
  }
  return file;
}
