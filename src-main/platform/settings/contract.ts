import { z } from 'zod';
import { procedure } from '../../rpc';
import type { EventsOf } from '../events/contract';

type SettingSchema = z.ZodDefault<z.ZodType>;

/** One thing that a person may choose; the domain that goes by it declares it. */
export interface SettingDefinition<S extends SettingSchema = SettingSchema> {
  /** What it takes and its default; what is stored is checked against this again when it is read. */
  readonly schema: S;
  readonly title: string;
  /** What happens when it is changed, and when. None asks for a restart. */
  readonly effect: string;
  /** It is changed by a control of its own, so that the page of settings leaves it out. */
  readonly hasOwnControl: boolean;
  /** It decides who comes in: a change stands in the audit log, and asks a session for confirmation. */
  readonly isSecurity: boolean;
}

export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

/** The values of these settings, by name. */
export type SettingsOf<D extends SettingDefinitions> = { [N in keyof D]: z.output<D[N]['schema']> };

export function setting<S extends SettingSchema>(options: {
  schema: S;
  title: string;
  description: string;
  effect: string;
  hasOwnControl?: boolean;
  isSecurity?: boolean;
}): SettingDefinition<S> {
  const { schema, title, description, effect, hasOwnControl = false, isSecurity = false } = options;
  return { schema: schema.describe(description), title, effect, hasOwnControl, isSecurity };
}

type ShapeOf<D extends SettingDefinitions> = { readonly [N in keyof D]: D[N]['schema'] };

/** One object with all of these settings, each with its default. */
export function settingsSchema<D extends SettingDefinitions>(definitions: D): z.ZodObject<ShapeOf<D>> {
  return z.object(Object.fromEntries(Object.entries(definitions).map(([name, { schema }]) => [name, schema]))) as never;
}

/** Some of the settings. Without the defaults, which would else be put in for all that are not named. */
function changesSchema<D extends SettingDefinitions>(definitions: D) {
  const fields = Object.entries(definitions).map(([name, { schema }]) => [name, schema.unwrap().optional()]);
  return z.object(Object.fromEntries(fields)) as unknown as z.ZodObject<{
    readonly [N in keyof D]: z.ZodOptional<ReturnType<D[N]['schema']['unwrap']>>;
  }>;
}

const SettingView = z.object({
  name: z.string(),
  title: z.string(),
  value: z.unknown(),
  default: z.unknown(),
  description: z.string(),
  effect: z.string(),
  needsRestart: z.boolean(),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of what it takes'),
});

/** The procedures by which these settings are read and changed. */
export function settingsContractOf<D extends SettingDefinitions>(definitions: D) {
  const settings = settingsSchema(definitions);
  return {
    get: procedure({
      http: 'GET /api/web/settings',
      access: 'full',
      summary: 'All settings with their values',
      input: z.object({}),
      output: settings,
    }),
    schema: procedure({
      http: 'GET /api/web/settings/schema',
      access: 'full',
      summary: 'Every setting with its kind, its default, what it takes and what happens when it is changed',
      input: z.object({}),
      output: z.object({ items: z.array(SettingView) }),
    }),
    update: procedure({
      http: 'PATCH /api/web/settings',
      access: 'full',
      summary: 'Changes the settings that are named and leaves the others',
      input: changesSchema(definitions),
      output: settings,
    }),
  };
}

export const settingsEvents = { 'settings.changed': z.object({ names: z.array(z.string()) }) };
export type SettingsEvents = EventsOf<typeof settingsEvents>;
