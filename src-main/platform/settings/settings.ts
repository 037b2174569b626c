import { z } from 'zod';
import { type Caller, demandConfirmation } from '../../rpc';
import { type AuditLog, silentAudit } from '../audit';
import type { Database } from '../database';
import type { EventBus } from '../events';
import { type SettingDefinitions, type SettingsEvents, type SettingsOf, settingsSchema } from './contract';

/** Settings with these values. A domain asks for those alone that it goes by. */
export interface SettingsStore<T extends object> {
  /** The settings of now. Take it each time; a change gives another object. */
  readonly current: T;
  /** Throws `forbidden` where it has to do with security and the caller has to prove first who they are. */
  update(changes: Partial<T>, caller?: Caller): T;
}

/**
 * The settings as stored, defaults filled in. A stored value that no longer fits its schema gives way to the default.
 */
export function createSettings<D extends SettingDefinitions>(
  db: Database,
  events: Pick<EventBus<SettingsEvents>, 'emit'>,
  definitions: D,
  audit: AuditLog = silentAudit,
): SettingsStore<SettingsOf<D>> {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting');
  const put = db.prepare(`
    INSERT INTO setting (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
  const whole = settingsSchema(definitions);
  let current = read();

  function read(): SettingsOf<D> {
    const stored: Record<string, unknown> = {};
    for (const { name, value } of all.all()) {
      if (!Object.hasOwn(definitions, name)) continue;
      const parsed = definitions[name].schema.safeParse(JSON.parse(value));
      if (parsed.success) stored[name] = parsed.data;
    }
    return whole.parse(stored) as SettingsOf<D>;
  }

  return {
    get current() {
      return current;
    },
    update(changes, caller) {
      const names = Object.keys(changes).filter((name) => changes[name] !== undefined);
      const guarded = names.filter((name) => definitions[name]?.isSecurity);
      if (caller && guarded.length > 0) demandConfirmation(caller);
      db.transaction(() => {
        for (const name of names) put.run(name, JSON.stringify(changes[name]));
      })();
      current = read();
      for (const name of guarded)
        audit.note('setting.changed', caller, { setting: name, to: JSON.stringify(changes[name]) });
      if (names.length > 0) events.emit('settings.changed', { names });
      return current;
    },
  };
}

/** Handlers of the contract that `settingsContractOf` makes of the same definitions. */
export function settingsHandlers<D extends SettingDefinitions>(settings: SettingsStore<SettingsOf<D>>, definitions: D) {
  return {
    get: () => settings.current,
    schema: () => ({ items: describe(definitions, settings.current) }),
    update: (changes: Partial<SettingsOf<D>>, caller: Caller) => settings.update(changes, caller),
  };
}

function describe<D extends SettingDefinitions>(definitions: D, current: SettingsOf<D>) {
  const defaults = settingsSchema(definitions).parse({}) as SettingsOf<D>;
  return Object.entries(definitions).map(([name, { schema, title, effect }]) => ({
    name,
    title,
    value: current[name],
    default: defaults[name],
    description: schema.description ?? '',
    effect,
    needsRestart: false,
    schema: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
  }));
}
