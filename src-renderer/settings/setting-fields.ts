import { type SettingName, Settings } from '../../src-main/platform/settings/contract';
import { EFFECTS } from '../../src-main/platform/settings/effects/contract';

export interface SettingField {
  name: SettingName;
  title: string;
  description: string;
  /** What happens when it is changed, and when. */
  effect: string;
  initial: unknown;
  /** How it is edited: by its kind of value. */
  kind: 'switch' | 'choice' | 'number' | 'text';
  choices: readonly string[];
}

const TITLES: Readonly<Partial<Record<SettingName, string>>> = {
  namespace: 'Namespace of our tags',
  preset: 'Analysis quality',
  workers: 'Analysis workers',
  worker_memory_mb: 'Memory of an analysis worker, in MB',
  min_duration_s: 'Shortest track, in seconds',
  library_auto_tag: 'Analyze what a scan finds',
  file_write_mode: 'What new libraries write',
  write_standard_fields: 'Write tempo, key and gain for every player',
  write_alias_keys: 'Write the longer names too',
  overwrite_standard_fields: 'Replace tempo, key and gain that are there',
  calibrate_heads: 'Calibrate for scripts',
  calibration_min_samples: 'Tracks for a full calibration',
  job_retention_hours: 'Keep ended jobs, in hours',
  overwrite_tags: 'Clear the namespace before writing',
  library_ignore_patterns: 'What new libraries leave out',
  blocking_mode: 'Let scripts wait for a file',
  blocking_timeout: 'How long scripts wait, in seconds',
  cache_auto_evict: 'Unload models when idle',
  cache_idle_timeout: 'Idle after, in seconds',
  notify_when_done: 'Notify when long jobs have ended',
  playlist_folder: 'Folder for playlists outside the libraries',
};

/** Set by the queue's own button and by the first steps, not here. */
const ELSEWHERE: readonly SettingName[] = ['worker_enabled', 'welcomed'];

interface Peeled {
  kind: SettingField['kind'];
  choices: readonly string[];
}

interface SchemaDef {
  type: string;
  innerType?: { def: SchemaDef };
  out?: { def: SchemaDef };
  entries?: Readonly<Record<string, string>>;
}

/** The kind of value beneath defaults and conversions. */
function peel(def: SchemaDef): Peeled {
  if (def.innerType) return peel(def.innerType.def);
  if (def.out) return peel(def.out.def);
  if (def.type === 'boolean') return { kind: 'switch', choices: [] };
  if (def.type === 'enum') return { kind: 'choice', choices: Object.values(def.entries ?? {}) };
  return { kind: def.type === 'number' ? 'number' : 'text', choices: [] };
}

const words = (name: string) => name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());

/** Every setting of the contract as something that can be edited; a new one appears without a line here. */
export function settingFields(): SettingField[] {
  const initial = Settings.parse({});
  return (Object.keys(Settings.shape) as SettingName[])
    .filter((name) => !ELSEWHERE.includes(name))
    .map((name) => {
      const schema = Settings.shape[name];
      return {
        name,
        title: TITLES[name] ?? words(name),
        description: schema.description ?? '',
        effect: EFFECTS[name],
        initial: initial[name],
        ...peel(schema.def as unknown as SchemaDef),
      };
    });
}
