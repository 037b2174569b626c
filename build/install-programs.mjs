/** Brings the programs from outside that tests need: what of test/support/requirements/programs.mjs is not here. */
import { spawnSync } from 'node:child_process';
import { commandThatBrings, missingPrograms, onPath, packagesOf } from '../test/support/requirements/programs.mjs';

/** Gives 0 once nothing is missing any more, else 1 after a sentence that says what is. */
export function installPrograms({ isRoot = process.getuid?.() === 0 } = {}) {
  const missing = missingPrograms();
  if (missing.length === 0) return 0;
  const aptGet = onPath('apt-get');
  if (!isRoot || !aptGet) {
    console.error(
      `Only Debian, as root, lets programs be installed from here; it would need: ${commandThatBrings(missing)}`,
    );
    return 1;
  }
  console.error(`Installing ${packagesOf(missing).join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  // Old lists may still do.
  spawnSync(aptGet, ['update', '-qq'], { env, stdio });
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packagesOf(missing)];
  const { status } = spawnSync(aptGet, args, { env, stdio });
  const left = missingPrograms();
  if (status === 0 && left.length === 0) return 0;
  console.error(`apt-get did not bring ${left.join(', ') || 'what it was asked for'}; see the lines above.`);
  return 1;
}
