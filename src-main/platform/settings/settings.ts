import { z } from 'zod';
import type { HandlersOf } from '../../rpc';
import type { Database } from '../database';
import type { EventBus } from '../events';
import { type SettingName, Settings, type settingsContract } from './contract';
import { EFFECTS } from './effects/contract';

/**
 * The settings as stored, defaults filled in. A stored value that no longer fits its schema gives way to the default.
 */
export function createSettings(db: Database, events: EventBus) {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting');
  const put = db.prepare(`
    INSERT INTO setting (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
  let current = read();

  function read(): Settings {
    const stored: Record<string, unknown> = {};
    for (const { name, value } of all.all()) {
      const schema = (Settings.shape as Record<string, (typeof Settings.shape)[SettingName]>)[name];
      const parsed = schema?.safeParse(JSON.parse(value));
      if (parsed?.success) stored[name] = parsed.data;
    }
    return Settings.parse(stored);
  }

  return {
    /** The settings of now. Take it each time; a change gives another object. */
    get current(): Settings {
      return current;
    },
    update(changes: Partial<Settings>): Settings {
      const names = (Object.keys(changes) as SettingName[]).filter((name) => changes[name] !== undefined);
      db.transaction(() => {
        for (const name of names) put.run(name, JSON.stringify(changes[name]));
      })();
      current = read();
      if (names.length > 0) events.emit('settings.changed', { names });
      return current;
    },
  };
}
export type SettingsStore = ReturnType<typeof createSettings>;

export function settingsHandlers(settings: SettingsStore): HandlersOf<typeof settingsContract> {
  return {
    get: () => settings.current,
    schema: () => ({ items: describe(settings.current) }),
    update: (changes) => settings.update(changes),
  };
}

function describe(current: Settings) {
  const defaults = Settings.parse({});
  return (Object.keys(Settings.shape) as SettingName[]).map((name) => {
    const schema = Settings.shape[name];
    return {
      name,
      value: current[name],
      default: defaults[name],
      description: schema.description ?? '',
      effect: EFFECTS[name],
      needsRestart: false,
      schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
    };
  });
}
