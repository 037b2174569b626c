import { SETTINGS, type SettingName, Settings } from '../../src-main/app/contract';

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

/** Every setting of the contract as something that can be edited; a new one appears without a line here. */
export function settingFields(): SettingField[] {
  const initial = Settings.parse({});
  return (Object.keys(SETTINGS) as SettingName[])
    .filter((name) => !SETTINGS[name].hasOwnControl)
    .map((name) => {
      const { schema, title, effect } = SETTINGS[name];
      return {
        name,
        title,
        description: schema.description ?? '',
        effect,
        initial: initial[name],
        ...peel(schema.def as unknown as SchemaDef),
      };
    });
}
