import type { Descriptors } from '../../audio';

export interface DescriptorRow {
  loudness_lufs: number | null;
  loudness_range_lu: number | null;
  true_peak_dbtp: number | null;
  replaygain_gain_db: number | null;
  replaygain_peak: number | null;
  bpm: number | null;
  bpm_confidence: number | null;
  musical_key: string | null;
  scale: 'major' | 'minor' | null;
  key_confidence: number | null;
}

export function descriptorsFromRow(row: DescriptorRow): Descriptors {
  return {
    loudnessLufs: row.loudness_lufs,
    loudnessRangeLu: row.loudness_range_lu,
    truePeakDbtp: row.true_peak_dbtp,
    replaygainGainDb: row.replaygain_gain_db,
    replaygainPeak: row.replaygain_peak,
    bpm: row.bpm,
    bpmConfidence: row.bpm_confidence,
    key: row.musical_key,
    scale: row.scale,
    keyConfidence: row.key_confidence,
  };
}
