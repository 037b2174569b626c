/**
 * Writes out/sbom.cdx.json: everything that ships with the application, as CycloneDX, by npm from the lockfile. The same
 * packages as in resources/licences.md, so with those that are bundled into the page.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionLicences } from './licences.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FILE = join(ROOT, 'out', 'sbom.cdx.json');

/** @returns the bill of materials; throws with npm's words when npm is not there or does not know how */
export function billOfMaterials() {
  const whole = npmSbom();
  const ships = new Set(productionLicences().map(({ name, version }) => `${name}@${version}`));
  const components = whole.components.filter(({ name, group, version }) =>
    ships.has(`${fullName(group, name)}@${version}`),
  );
  const known = new Set([whole.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => known.has(each)) }));
  return { ...whole, components, dependencies };
}

/** npm writes a scope into the name or beside it, by its version. */
const fullName = (group, name) => (group && !name.startsWith('@') ? `${group}/${name}` : name);

function npmSbom() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not list what ships: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(FILE), { recursive: true });
  const bill = billOfMaterials();
  writeFileSync(FILE, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${FILE}: ${bill.components.length} packages`);
}
