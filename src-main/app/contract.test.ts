import { expect, it } from 'vitest';
import { EVENTS, SETTINGS, Settings } from './contract';

it('says of every setting what it is and what happens when it is changed', () => {
  for (const [name, { schema, title, effect }] of Object.entries(SETTINGS))
    expect([name, schema.description ?? '', title, effect]).not.toContain('');
  expect(Object.keys(Settings.parse({}))).toEqual(Object.keys(SETTINGS));
});

it('keeps the names of settings and events that clients and databases know', () => {
  expect(Object.keys(SETTINGS).sort()).toEqual([
    'allowed_hosts',
    'base_path',
    'blocking_mode',
    'blocking_timeout',
    'cache_auto_evict',
    'cache_idle_timeout',
    'calibrate_heads',
    'calibration_min_samples',
    'file_write_mode',
    'inference_backend',
    'job_retention_hours',
    'library_auto_tag',
    'library_ignore_patterns',
    'min_duration_s',
    'namespace',
    'notify_when_done',
    'overwrite_standard_fields',
    'overwrite_tags',
    'playlist_folder',
    'preset',
    'tag_separator',
    'trusted_proxies',
    'welcomed',
    'worker_enabled',
    'worker_memory_mb',
    'workers',
    'write_alias_keys',
    'write_standard_fields',
  ]);
  expect(Object.keys(EVENTS).sort()).toEqual([
    'calibration.changed',
    'connections.changed',
    'file.written',
    'health.changed',
    'inbound.changed',
    'job.changed',
    'libraries.changed',
    'mappings.changed',
    'model.progress',
    'models.changed',
    'plan.changed',
    'playlists.changed',
    'queue.status',
    'scan.ended',
    'scan.progress',
    'settings.changed',
    'system.resumed',
    'tracks.changed',
    'worker.changed',
  ]);
});
