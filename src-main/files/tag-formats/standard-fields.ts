import type { Container, StandardField, WantedTags } from './tag-file';

/** A field for all players in the way of a container. */
export interface NativeField {
  readonly field: string;
  /** Other names under which a file may have it already. */
  readonly aliases: readonly string[];
  /** Empty: it is not wanted. */
  readonly values: readonly string[];
  /** How it is spelled where readers heed capitals. */
  readonly name?: string;
}

/** The fields for all players that are wanted, in the way of a container. */
export function standardFields(container: Container, { standard = {}, mood = [] }: WantedTags): NativeField[] {
  const fields = (Object.entries(standard) as [StandardField, string | undefined][]).flatMap(([field, value]) => {
    if (!value) return [];
    if (container === 'opus' && field === 'replaygain_track_gain') return [...opusGain(value), plain(field, value)];
    if (field === 'bpm') return [plain(field, String(Math.round(Number(value))))];
    return [{ ...plain(field, value), aliases: field === 'initialkey' ? ['key'] : [] }];
  });
  return mood.length > 0 ? [...fields, { field: 'mood', aliases: [], values: mood, name: 'MOOD' }] : fields;
}

const plain = (field: string, value: string): NativeField => ({ field, aliases: [], values: [value] });

/**
 * Opus states its gain relative to −23 LUFS where ReplayGain 2 has −18, in 1/256 dB, and knows no peak. RFC 7845, 5.2.1,
 * asks players to heed nothing else; Kodi, MPD and Quod Libet read only REPLAYGAIN_* in it, so it has both.
 */
function opusGain(value: string): NativeField[] {
  const gain = Number.parseFloat(value);
  return Number.isFinite(gain) ? [plain('r128_track_gain', String(Math.round((gain - 5) * 256)))] : [];
}

/** The fields that were remembered as ours with what they said: `mood=happy`, `mood=calm`. */
export function ownFieldsIn(remembered: readonly string[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const entry of remembered) {
    const split = entry.indexOf('=');
    if (split <= 0) continue;
    const field = entry.slice(0, split);
    fields.set(field, [...(fields.get(field) ?? []), entry.slice(split + 1)]);
  }
  return fields;
}
