import { commandThatBrings, missingPrograms } from './programs.mjs';

/** Where nothing may be skipped unseen, a program that Debian has and this machine lacks ends the run at once. */
export default function setup(): void {
  if (!process.env.TONEARM_REQUIRE_PROGRAMS) return;
  const missing = missingPrograms();
  if (missing.length === 0) return;
  throw new Error(`Tests would be skipped for want of ${missing.join(', ')}: ${commandThatBrings(missing)}`);
}
