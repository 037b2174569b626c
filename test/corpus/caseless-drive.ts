import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Kind {
  readonly name: string;
  readonly format: (image: string) => unknown;
  readonly mount: (device: string, at: string) => unknown;
  /** Where on the drive letter case is ignored. */
  readonly folder?: string;
}

const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { stdio: ['ignore', 'pipe', 'ignore'] });

const KINDS: readonly Kind[] = [
  {
    name: 'vfat',
    format: (image) => run('mkfs.vfat', image),
    mount: (device, at) => run('mount', '-t', 'vfat', '-o', 'utf8', device, at),
  },
  {
    name: 'exFAT',
    format: (image) => run('mkfs.exfat', image),
    mount: (device, at) => run('mount', '-t', 'exfat', device, at),
  },
  {
    name: 'exFAT by FUSE',
    format: (image) => run('mkfs.exfat', image),
    mount: (device, at) => run('mount.exfat-fuse', device, at),
  },
  {
    name: 'ext4 with casefold',
    format: (image) => run('mkfs.ext4', '-q', '-O', 'casefold', image),
    mount(device, at) {
      run('mount', '-t', 'ext4', device, at);
      mkdirSync(join(at, 'folded'));
      run('chattr', '+F', join(at, 'folded'));
    },
    folder: 'folded',
  },
];

export interface CaselessDrive {
  /** What it is, for people: `vfat`. */
  readonly name: string;
  readonly path: string;
  remove(): void;
}

/** Mounts a drive of 256 MB that ignores the letter case of names; undefined where this system has none of that kind. */
export function mountCaseless(): CaselessDrive | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  for (const kind of KINDS) {
    const drive = tryMount(kind);
    if (drive) return drive;
  }
  return undefined;
}

function tryMount({ name, format, mount, folder = '' }: Kind): CaselessDrive | undefined {
  const base = mkdtempSync(join(tmpdir(), 'tonearm-caseless-'));
  const [image, at] = [join(base, 'image'), join(base, 'drive')];
  const tidy: (() => unknown)[] = [() => rmSync(base, { recursive: true, force: true })];
  const remove = () => {
    for (const each of tidy.splice(0).reverse()) each();
  };
  try {
    writeFileSync(image, '');
    truncateSync(image, 256 * 2 ** 20);
    mkdirSync(at);
    format(image);
    const device = String(run('losetup', '-f', '--show', image)).trim();
    tidy.push(() => run('losetup', '-d', device));
    mount(device, at);
    tidy.push(() => run('umount', at));
    const path = join(at, folder);
    writeFileSync(join(path, 'Probe'), '');
    if (!existsSync(join(path, 'pROBE'))) throw new Error('Letter case matters here.');
    rmSync(join(path, 'Probe'));
    return { name, path, remove };
  } catch {
    remove();
    return undefined;
  }
}
