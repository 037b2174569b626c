/** How a file holds its tags, whatever its audio is coded with; what a track's `container` column says. */
const CONTAINERS = [
  'mp3',
  'aac',
  'flac',
  'ogg',
  'opus',
  'm4a',
  'wav',
  'aiff',
  'asf',
  'ape',
  'wavpack',
  'mpc',
  'dsf',
] as const;
export type Container = (typeof CONTAINERS)[number];

/** Names that players take for such a file. Which files are looked into at all is told by `audio`. */
const EXTENSIONS: Record<Container, readonly string[]> = {
  mp3: ['mp3', 'mp2', 'mp1', 'mpga'],
  aac: ['aac', 'adts'],
  flac: ['flac'],
  ogg: ['ogg', 'oga', 'spx'],
  opus: ['opus', 'ogg', 'oga'],
  m4a: ['m4a', 'm4b', 'm4p', 'm4r', 'mp4', 'm4v', 'alac', 'aac', '3gp'],
  wav: ['wav', 'wave', 'bwf', 'rf64'],
  aiff: ['aiff', 'aif', 'aifc'],
  asf: ['wma', 'asf', 'wmv'],
  ape: ['ape'],
  wavpack: ['wv'],
  mpc: ['mpc', 'mp+'],
  dsf: ['dsf'],
};

/** The file's extension, lower case and without the dot; empty when it has none. */
function extensionOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1].toLowerCase() ?? '';
}

/** Whether players that believe a file's name would find in it what is there. */
export function isNamedFor(container: Container, path: string): boolean {
  return EXTENSIONS[container].includes(extensionOf(path));
}

/**
 * The container by the first bytes of a file (64 are enough), leading ID3v2 tags already skipped. Undefined when the
 * bytes are none we know; MPEG audio has no signature, so its first frame must be looked for by `mpeg.ts`.
 */
export function containerOf(head: Uint8Array): Exclude<Container, 'mp3' | 'aac'> | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1');
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('OggS')) return text.includes('OpusHead') ? 'opus' : 'ogg';
  // QuickTime of old begins without a brand.
  if (/^(ftyp|moov|mdat|wide)$/.test(text.slice(4, 8))) return 'm4a';
  if (/^(RIFF|RF64|BW64)/.test(text) && text.slice(8, 12) === 'WAVE') return 'wav';
  if (text.startsWith('FORM') && /^AIF[FC]/.test(text.slice(8, 12))) return 'aiff';
  if (text.startsWith('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c')) return 'asf';
  if (text.startsWith('MAC ')) return 'ape';
  if (text.startsWith('wvpk')) return 'wavpack';
  if (text.startsWith('MPCK') || text.startsWith('MP+')) return 'mpc';
  if (text.startsWith('DSD ')) return 'dsf';
  return undefined;
}
