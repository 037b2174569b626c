import { AppError, type Caller } from '../../rpc';
import type { NomarrDeps, SettingValue } from './deps';

/** The documented names of what we call otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  tag_namespace: 'namespace',
  worker_count: 'workers',
  tagger_worker_count: 'workers',
  cleanup_age_hours: 'job_retention_hours',
};

/** The flat object shows a thing once, under the name that the later documents use. */
const OLDER_NAMES = ['tag_namespace', 'tagger_worker_count'];

const LEAST_PASSWORD = 8;

/** The configuration under its documented names: our settings, and what is told but cannot be changed here. */
export function createConfig({ settings, settingDefinitions, paths, port, auth }: NomarrDeps) {
  /** What has no meaning here or is chosen when Tonearm is started; told as it is, not as the documents' default. */
  function readOnly(): Record<string, SettingValue> {
    return {
      models_dir: paths.models,
      db_path: paths.database,
      host: '127.0.0.1',
      port: port(),
      version_tag: 'tonearm',
      allow_short: settings.current.min_duration_s === 0,
      worker_enabled_default: true,
      // Nothing is asked in turns: jobs and scans begin when there is a reason.
      poll_interval: 0,
      library_scan_poll_interval: 0,
    };
  }

  async function setPassword(password: string, caller: Caller): Promise<void> {
    if (password.length < LEAST_PASSWORD) {
      throw new AppError('invalid_input', `A password has at least ${LEAST_PASSWORD} characters.`);
    }
    await auth.changePassword(password, undefined, caller);
  }

  return {
    read(): Record<string, SettingValue> {
      const renamed = Object.entries(NAMES).filter(([name]) => !OLDER_NAMES.includes(name));
      const documented = renamed.map(([name, ours]) => [name, settings.current[ours]] as const);
      return { ...readOnly(), ...settings.current, ...Object.fromEntries(documented) };
    },
    /** Throws `invalid_input` for a name that is not known, cannot be changed, or does not take the value. */
    async write(key: string, value: SettingValue, caller: Caller): Promise<void> {
      if (key === 'admin_password') return setPassword(String(value), caller);
      if (key in readOnly()) {
        throw new AppError('invalid_input', `"${key}" is told, but cannot be changed here.`);
      }
      const name = NAMES[key] ?? key;
      if (!Object.hasOwn(settingDefinitions, name)) {
        throw new AppError('invalid_input', `There is no setting "${key}".`);
      }
      const { schema } = settingDefinitions[name];
      const parsed = schema.safeParse(typeof value === 'string' ? meant(typeof schema.parse(undefined), value) : value);
      if (!parsed.success) {
        throw new AppError('invalid_input', `"${key}" does not take "${value}": ${parsed.error.issues[0].message}`);
      }
      settings.update({ [name]: parsed.data as SettingValue }, caller);
    },
  };
}

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

/** What a text stands for, where the setting is a switch; the others make of a text what they need. */
function meant(kind: string, text: string): SettingValue {
  // An empty text would count as zero.
  if (kind === 'number' && text.trim() === '') return 'nothing';
  if (kind !== 'boolean') return text;
  const word = text.trim().toLowerCase();
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : text;
}
