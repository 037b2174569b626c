import { CIRCUMSTANCES } from './circumstances';
import { commandThatBrings, PROGRAMS, type ProgramName } from './programs.mjs';

export type Requirement = ProgramName | keyof typeof CIRCUMSTANCES;

/** Whether it is a program that Debian has, rather than a circumstance. */
export const isProgram = (name: Requirement): name is ProgramName => Object.hasOwn(PROGRAMS, name);
const known = new Map<Requirement, boolean>();

/** Whether this machine has it; looked up once in each process. */
export function isHere(name: Requirement): boolean {
  const is = known.get(name) ?? (isProgram(name) ? PROGRAMS[name].find() !== undefined : CIRCUMSTANCES[name].isHere());
  known.set(name, is);
  return is;
}

/** Where the program is; its bare name where it is not, so that starting it says what is missing. */
export const pathOf = (name: ProgramName): string => PROGRAMS[name].find() ?? name;

/** Why tests that need it are skipped, with the command that would bring it. */
export const reasonFor = (name: Requirement): string =>
  isProgram(name) ? `${name} is missing: ${commandThatBrings([name])}` : CIRCUMSTANCES[name].otherwise;

/** What is not here of what it takes: itself, or the program without which it cannot be known of. */
export function lackingFor(name: Requirement): Requirement[] {
  if (isHere(name)) return [];
  const by = isProgram(name) ? undefined : (CIRCUMSTANCES[name] as { by?: ProgramName }).by;
  return by && !isHere(by) ? [by] : [name];
}
