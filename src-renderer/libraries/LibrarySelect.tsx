import type { Library } from '../../src-main/library/libraries/contract';
import { Select } from '../ui';

interface LibrarySelectProps {
  libraries: readonly Library[];
  /** Undefined: all of them. */
  value: number | undefined;
  onChange(library: number | undefined): void;
}

/** Narrows a screen to one library; nothing where there is only one. */
export function LibrarySelect({ libraries, value, onChange }: LibrarySelectProps) {
  if (libraries.length < 2) return null;
  return (
    <Select
      label="Which library"
      value={value === undefined ? '' : String(value)}
      options={[['', 'All libraries'], ...libraries.map(({ id, name }) => [String(id), name] as const)]}
      onChange={(chosen) => onChange(chosen === '' ? undefined : Number(chosen))}
    />
  );
}
