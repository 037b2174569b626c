const HEADER_BYTES = 44;

/** A RIFF/WAVE file of 16-bit PCM. Samples beyond ±1 are clipped. */
export function encodeWav(channels: readonly Float32Array[], sampleRate: number): Buffer {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = 2 * channels.length;
  const file = Buffer.alloc(HEADER_BYTES + frames * frameBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * frameBytes, 28);
  file.writeUInt16LE(frameBytes, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * frameBytes, 40);
  for (let c = 0; c < channels.length; c++) {
    for (let i = 0; i < frames; i++) {
      const sample = Math.max(-1, Math.min(1, channels[c][i]));
      file.writeInt16LE(Math.round(sample * 32_767), HEADER_BYTES + i * frameBytes + 2 * c);
    }
  }
  return file;
}
