import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { bytes, clock, moment, Panel } from '../ui';
import styles from './TrackPage.module.css';

type Fact = readonly [name: string, value: string | undefined];

/** What is measured without any model, and what kind of file it is. */
export function Descriptors({ detail: { track, analysis } }: { detail: TrackDetail }) {
  const measured = analysis?.descriptors;
  const sound: Fact[] = measured
    ? [
        ['Tempo', withUnit(measured.bpm, 'BPM', 1, track.unsure.includes('tempo') ? TEMPO_DOUBT : '')],
        [
          'Key',
          measured.key === null
            ? undefined
            : `${measured.key} ${measured.scale ?? ''}${track.unsure.includes('key') ? KEY_DOUBT : ''}`,
        ],
        ['Loudness', withUnit(measured.loudnessLufs, 'LUFS')],
        ['Loudness range', withUnit(measured.loudnessRangeLu, 'LU')],
        ['True peak', withUnit(measured.truePeakDbtp, 'dBTP')],
        ['ReplayGain', withUnit(measured.replaygainGainDb, 'dB', 2)],
      ]
    : [];
  const file: Fact[] = [
    ['Length', clock(track.durationMs)],
    ['Format', formatOf(track)],
    ['Size', bytes(track.sizeBytes)],
    ['Analyzed', analysis ? `${moment(analysis.createdAt)}, ${analysis.preset}` : undefined],
    ['Decoded', analysis ? decodedOf(analysis) : undefined],
    ['Models run by', analysis?.runtime],
    ['Written', track.taggedAt ? moment(track.taggedAt) : undefined],
  ];
  return (
    <div className={styles.column}>
      {sound.length > 0 && (
        <Panel title="Sound">
          <Facts facts={sound} />
        </Panel>
      )}
      <Panel title="File">
        <Facts facts={file} />
        <p className={styles.path}>{track.absolutePath}</p>
      </Panel>
    </div>
  );
}

/** What is unusual about how a file was decoded; nothing for the others. */
function decodedOf({ isIncomplete, durationS, expectedS, decodedBy }: NonNullable<TrackDetail['analysis']>) {
  const isShort = expectedS !== null && durationS < expectedS;
  const share = isShort ? `${durationS.toFixed(1)} of ${expectedS.toFixed(1)} s` : 'parts could not be decoded';
  const by = decodedBy.startsWith('ffmpeg') ? [`by ${decodedBy}`] : [];
  return [...(isIncomplete ? [`incomplete: ${share}`] : []), ...by].join(', ') || undefined;
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

const TEMPO_DOUBT = ', unsure: may be half or double';
const KEY_DOUBT = ', unsure: may be a related key';

const withUnit = (value: number | null, unit: string, digits = 1, doubt = '') =>
  value === null ? undefined : `${value.toFixed(digits).replace('-', '−')} ${unit}${doubt}`;

function formatOf({ container, sampleRate, channels, bitrate }: TrackDetail['track']): string {
  const parts = [
    container?.toUpperCase(),
    sampleRate === null ? undefined : `${sampleRate / 1000} kHz`,
    channels === 1 ? 'mono' : channels === 2 ? 'stereo' : channels === null ? undefined : `${channels} channels`,
    bitrate === null ? undefined : `${Math.round(bitrate / 1000)} kbit/s`,
  ];
  return parts.filter(Boolean).join(', ');
}
