import type { SettingName } from '../contract';

/** What happens when a setting is changed, and when. None asks for a restart. */
export const EFFECTS: Readonly<Record<SettingName, string>> = {
  namespace: 'The next write to a file uses it; tags under the old prefix stay until they are removed.',
  preset: 'Files that begin from now on are heard so, and kept apart from what was heard otherwise.',
  workers: 'Processes are started or let go at once; those in excess finish their file.',
  worker_memory_mb: 'Looked at after each file.',
  min_duration_s: 'Holds for the next file; what was too short before is listened to again at the next scan.',
  library_auto_tag: 'Holds from the end of the next scan on.',
  file_write_mode: 'Holds for libraries that are added from now on; each can be changed by itself.',
  write_standard_fields: 'Holds for the next write to each file.',
  write_alias_keys: 'Holds for the next write to each file.',
  overwrite_standard_fields: 'Holds for the next write to each file.',
  calibrate_heads: 'Holds for the next call of a script.',
  calibration_min_samples: 'Holds for the next calibration that is made.',
  playlist_folder: 'Holds for the next playlist that is written.',
  overwrite_tags: 'Holds for the next write to each file.',
  library_ignore_patterns: 'Holds for libraries that are added from now on; each can be changed by itself.',
  blocking_mode: 'Holds for the next call.',
  blocking_timeout: 'Holds for the next call.',
  cache_auto_evict: 'Holds from the end of the next file on.',
  cache_idle_timeout: 'Holds from the end of the next file on.',
  job_retention_hours: 'Older jobs go at the next daily clean-up, or with the next start.',
  notify_when_done: 'Holds from the next end of work on; in the desktop application only.',
  welcomed: 'Off shows the first steps again while there is no library.',
  worker_enabled: 'Running files are finished, and no new ones begin until it is on again.',
};
