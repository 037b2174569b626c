import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { requires } from '../test/support/requirements';

const ROOT = join(import.meta.dirname, '..');

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Entry;
const lock = read('package-lock.json') as { lockfileVersion: number; packages: Record<string, Entry> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
const wantedBy = ({ dependencies, devDependencies, optionalDependencies }: Entry) =>
  Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

it('installs nothing but what the registry has, each with its sum', () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(installed.length).toBeGreaterThan(300);
  for (const [path, { resolved, integrity, link, version }] of installed) {
    expect(integrity, path).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(link, path).toBeUndefined();
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    // Left out where it is the registry that npm asks anyway.
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

it('asks for no package by a repository, an address or a folder, and for its own in one version', () => {
  const isFromRegistry = (range: string) =>
    /^(npm:[@\w./-]+@)?[\d\s.xX*^~<>=|&\w+-]*$/.test(range) && !/[/:]/.test(range.replace(/^npm:\S+@/, ''));
  for (const [path, entry] of Object.entries(lock.packages))
    for (const [name, range] of wantedBy(entry)) expect(isFromRegistry(range), `${path}: ${name} ${range}`).toBe(true);
  for (const [name, range] of wantedBy(read('package.json'))) expect(range, name).toMatch(/^\d+\.\d+\.\d+$/);
});

it('lets no package run a script while it is installed, and knows which would', () => {
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  expect(readFileSync(join(ROOT, 'build/launch.mjs'), 'utf8')).toContain("'ci', '--ignore-scripts'");
  const wouldRun = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.slice(13));
  expect(wouldRun.sort()).toEqual([
    '@swc/core',
    'better-sqlite3',
    'onnxruntime-node',
    'onnxruntime-web/node_modules/protobufjs',
  ]);
});

requires('npm').it('lists everything that ships as a bill of materials', async () => {
  const { billOfMaterials } = (await import(join(ROOT, 'build/sbom.mjs'))) as { billOfMaterials: () => Bill };
  const { productionLicences } = (await import(join(ROOT, 'build/licences.mjs'))) as Licences;
  const { bomFormat, components, dependencies } = billOfMaterials();
  expect(bomFormat).toBe('CycloneDX');
  const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
  for (const { name, version } of productionLicences()) expect(listed, name).toContain(`pkg:npm/${name}@${version}`);
  for (const name of Object.keys(read('package.json').dependencies!))
    expect(
      [...listed].some((purl) => purl.startsWith(`pkg:npm/${name}@`)),
      name,
    ).toBe(true);
  expect([...listed].some((purl) => purl.startsWith('pkg:npm/vitest@'))).toBe(false);
  for (const { hashes } of components) expect(hashes?.[0]).toMatchObject({ alg: 'SHA-512' });
  const refs = new Set(components.map((each) => each['bom-ref']));
  for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
});

interface Bill {
  readonly bomFormat: string;
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly purl: string;
    readonly hashes?: readonly { readonly alg: string }[];
  }[];
  readonly dependencies: readonly { readonly dependsOn: readonly string[] }[];
}

interface Licences {
  productionLicences(): { name: string; version: string }[];
}

it('tells known weaknesses that nobody has looked into, and says so when nobody could be asked', async () => {
  const { judge } = (await import(join(ROOT, 'build/audit.mjs'))) as Audit;
  const advisory = { name: 'x', severity: 'high', title: 'It breaks', url: 'https://github.com/advisories/GHSA-1' };
  const report = { vulnerabilities: { x: { via: [advisory] }, y: { via: ['x', advisory] } } };
  expect(judge(report, new Map())).toEqual({ findings: [`high: x: It breaks (${advisory.url})`] });
  expect(judge(report, new Map([[advisory.url, 'not reachable']])).findings).toEqual([]);
  expect(judge(report, new Map([[advisory.url, ' ']])).findings).toHaveLength(1);
  expect(judge({ vulnerabilities: {} }, new Map())).toEqual({ findings: [] });
  expect(judge({ message: '405 Method Not Allowed' }, new Map()).skipped).toBe('405 Method Not Allowed');
  expect(judge(undefined, new Map()).skipped).toBe('no answer');
});

it('accepts a weakness only with the reason why it does not concern us', async () => {
  const { ACCEPTED } = (await import(join(ROOT, 'build/audit.mjs'))) as Audit;
  for (const [address, reason] of ACCEPTED) {
    expect(address).toMatch(/^https:\/\/github\.com\/advisories\/GHSA-/);
    expect(reason).toMatch(/^[A-Z].{40,}\.$/s);
  }
});

requires('npm').it(
  'asks for weaknesses of what ships: a finding fails, a registry that does not answer does not, a fault of ours does',
  async () => {
    const advisory = { id: 1, url: 'https://github.com/advisories/GHSA-1', title: 'It breaks', severity: 'high' };
    const found = { zod: [{ ...advisory, vulnerable_versions: '*', cwe: [], cvss: { score: 0, vectorString: null } }] };
    expect(await audit(200, found)).toEqual([1, expect.stringContaining('high: zod: It breaks (https://github.com')]);
    expect(await audit(200, {})).toEqual([0, '']);
    expect(await audit(405, {})).toEqual([0, expect.stringMatching(/^skipped: the registry does not tell .*405/)]);
    const { judge } = (await import(join(ROOT, 'build/audit.mjs'))) as Audit;
    const noLock = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } };
    expect(judge(noLock, new Map()).findings).toEqual([expect.stringContaining('requires an existing lockfile')]);
    expect(judge({ error: { code: 'ENOTFOUND' } }, new Map()).findings).toEqual([]);
  },
);

/** What the build's own question comes to, where a registry answers this to it: how it ends, and all that it says. */
async function audit(status: number, answer: object): Promise<[number | null, string]> {
  const registry = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(request.method === 'POST' ? status : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(request.method === 'POST' ? answer : {}));
    });
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  const env = { ...process.env, npm_config_registry: url, npm_config_fetch_retries: '0', npm_config_audit: 'true' };
  const child = spawn(process.execPath, [join(ROOT, 'build/audit.mjs')], { env });
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  registry.close();
  registry.closeAllConnections();
  return [code, (await said) + (await complained)];
}

interface Audit {
  readonly ACCEPTED: ReadonlyMap<string, string>;
  judge(report: unknown, accepted: ReadonlyMap<string, string>): { skipped?: string; findings: string[] };
}

it('fails where a locked version that ships is known to be weak, and not where it is mended, accepted or not shipped', async () => {
  const { knownWeaknesses, readSnapshot } = (await import(join(ROOT, 'build/known-weaknesses.mjs'))) as Known;
  const planted = (version: string, dev = false) => ({
    packages: { '': {}, 'node_modules/a/node_modules/qs': { version, dev } },
  });
  const snapshot = readSnapshot();
  expect(knownWeaknesses(planted('6.15.2'), snapshot)).toEqual([
    'moderate: qs 6.15.2 is >=2.2.5 <6.16.0 (https://github.com/advisories/GHSA-4mjr-xmp4-gh2g)',
    'moderate: qs 6.15.2 is >=6.14.2 <=6.15.3 (https://github.com/advisories/GHSA-x5fp-wj9c-mxmx)',
  ]);
  expect(knownWeaknesses(planted('6.16.0'), snapshot)).toEqual([]);
  expect(knownWeaknesses(planted('6.15.2', true), snapshot)).toEqual([]);
  const accepted = new Map([['https://github.com/advisories/GHSA-4mjr-xmp4-gh2g', 'We never write queries.']]);
  expect(knownWeaknesses(planted('6.15.2'), snapshot, accepted)).toHaveLength(1);
  expect(knownWeaknesses(lock, snapshot)).toEqual([]);
});

it('understands the range of every advisory that it keeps, and says when nobody has looked for long', async () => {
  const { isAffected, readSnapshot, staleness } = (await import(join(ROOT, 'build/known-weaknesses.mjs'))) as Known;
  const { advisories } = readSnapshot();
  expect(advisories.length).toBeGreaterThan(25);
  for (const { id, affected } of advisories) {
    expect(id).toMatch(/^(GHSA(-[a-z0-9]{4}){3}|CVE-\d{4}-\d+)$/);
    expect(isAffected('9999.0.0', affected), id).toBe(false);
  }
  expect(['1.0.0', '1.9.9', '2.0.0-rc.1', '3.1.0'].map((each) => isAffected(each, '<2.0.0 || =3.1.0'))).not.toContain(
    false,
  );
  expect(['2.0.0', '3.1.1', '10.0.0'].map((each) => isAffected(each, '<2.0.0 || =3.1.0'))).not.toContain(true);
  expect(() => isAffected('1.0.0', '~1.0')).toThrow('no comparison');
  const snapshot = { lookedThroughOn: '2026-01-01', advisories: [] };
  expect(staleness(snapshot, Date.parse('2026-02-10'))).toBeUndefined();
  expect(staleness(snapshot, Date.parse('2026-02-20'))).toContain('50 days ago');
});

it('knows the sum of all machine code and WebAssembly that it loads, and names what is another, new or missing', async () => {
  const { compareSums, prebuiltFiles, sumsOf } = (await import(join(ROOT, 'build/prebuilt.mjs'))) as Prebuilt;
  const kept = readFileSync(join(ROOT, 'build/prebuilt.sums'), 'utf8').trim().split('\n');
  const files = kept.map((line) => line.slice(66));
  for (const name of Object.keys(read('package.json').dependencies!).filter((each) =>
    /decode-(?!aiff|dsd|mp4|wav$)/.test(each),
  ))
    expect(
      files.some((file) => file.startsWith(`node_modules/${name}/`)),
      name,
    ).toBe(true);
  expect(files).toContain('node_modules/better-sqlite3/prebuilds/linux-x64.node');
  expect(files).toContain('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node');
  expect(prebuiltFiles()).toEqual(files);
  const one = files.filter((file) => file.includes('decode-aac'));
  expect(kept).toContain(sumsOf(one)[0]);
  const [first, second, third] = kept;
  expect(compareSums([first, second], [first.replace(/^./, 'x'), third])).toEqual([
    expect.stringContaining(`${first.slice(66)} is not what its sum says`),
    `${second.slice(66)} is missing`,
    `${third.slice(66)} is new: nobody has looked at it`,
  ]);
});

interface Snapshot {
  readonly lookedThroughOn: string;
  readonly advisories: readonly { readonly id: string; readonly affected: string }[];
}

interface Known {
  knownWeaknesses(lock: object, snapshot: Snapshot, accepted?: ReadonlyMap<string, string>): string[];
  isAffected(version: string, ranges: string): boolean;
  staleness(snapshot: Snapshot, now: number): string | undefined;
  readSnapshot(): Snapshot;
}

interface Prebuilt {
  prebuiltFiles(): string[];
  sumsOf(files: readonly string[]): string[];
  compareSums(expected: readonly string[], found: readonly string[]): string[];
}
