/**
 * What every code means by which a file is skipped or fails, in a few words. A code that can reach the page and is not
 * here fails a test.
 */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  already_queued: 'already in the queue',
  busy: 'the file was just being written',
  cancelled: 'cancelled',
  changed_since_plan: 'changed after the plan was made',
  conflict: 'something else was in the way',
  database_damaged: 'the database is damaged',
  disk_full: 'the disk is full',
  done_later: 'done by a later job',
  failed_later: 'tried again by a later job, which failed too',
  failed_before: 'failed before, and nothing has changed since',
  file_changed: 'the audio was changed after it was analyzed',
  forbidden: 'not allowed',
  hard_linked: 'the file has other hard links',
  inference_unavailable: 'models cannot run on this machine',
  internal: 'something went wrong inside Tonearm',
  invalid_input: 'the request was not understood',
  library_offline: 'the library is not there',
  look_only: 'the library is only looked at',
  method_not_allowed: 'not possible there',
  missing: 'the file is not there',
  never_touch: 'the file is protected',
  no_audio: 'there is no audio in it',
  no_models: 'no model is installed',
  not_analyzed: 'not analyzed yet',
  not_found: 'the file is not there',
  not_writable: 'the file or its folder is read-only',
  odd_name: 'the name of the file is not UTF-8',
  outside_library: 'outside every library',
  provider_failed: 'another server failed',
  quarantined: 'brought the analyzer down twice',
  rate_limited: 'too many requests',
  removed: 'taken off the list',
  timed_out: 'took too long',
  too_large: 'too large',
  too_short: 'too short to be analyzed',
  unauthorized: 'not logged in',
  unchanged: 'as it should be',
  unreachable: 'Tonearm does not answer',
  unreadable_audio: 'the audio cannot be decoded',
  unsupported_file: 'the structure of the file is not understood for certain',
  unsupported_media: 'not of a kind that is understood',
  up_to_date: 'up to date',
  worker_crashed: 'brought the analyzer down',
};

/** Why, in words; for a code of another version of Tonearm that it is one. */
export const reasonWords = (code: string): string =>
  REASON_WORDS[code] ?? (code === '' ? 'no reason was given' : 'another reason');
