import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountCaseless } from '../../corpus/caseless-drive';
import { shared } from '../real-music';
import { onPath, PROGRAMS, type ProgramName } from './programs.mjs';

interface Circumstance {
  isHere(): boolean;
  /** What to say where it is not: a sentence that tells what would change that. */
  readonly otherwise: string;
  /** The program without which nobody could know. */
  readonly by?: ProgramName;
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** What tests ask of a machine beside programs; no package brings it. */
export const CIRCUMSTANCES = {
  linux: { isHere: () => process.platform === 'linux', otherwise: 'this is not Linux' },
  posix: { isHere: () => process.platform !== 'win32', otherwise: 'Windows has nothing of the kind' },
  npm: { isHere: () => onPath('npm') !== undefined, otherwise: 'npm is missing: it comes with Node' },
  mounts: {
    isHere: () => isRoot && canMount(),
    otherwise: 'nothing may be mounted here: needs root on Linux, in a container with CAP_SYS_ADMIN',
  },
  'protected files': {
    isHere: () => isRoot && canProtect(),
    otherwise: 'no file can be made immutable here: needs root, chattr, and a file system that knows of it',
  },
  'extended attributes': {
    isHere: canSetAttributes,
    otherwise: 'the file system of temporary files keeps no extended attributes',
    by: 'python3',
  },
  'a drive without letter case': {
    isHere: canMountCaseless,
    otherwise: 'no drive that ignores letter case can be mounted: needs root, loop devices, and exFAT, vfat or ext4',
    by: 'exfat-fuse',
  },
  electron: {
    isHere: () => electronBinary() !== undefined,
    otherwise: 'Electron’s binary is missing: node node_modules/electron/install.js, where GitHub can be reached',
  },
  'a display': {
    isHere: () => process.platform !== 'linux' || Boolean(process.env.DISPLAY),
    otherwise: 'there is no display: xvfb-run npm test',
  },
  'real music and models': {
    isHere: () => shared !== undefined,
    otherwise: 'real music and models are not here: TONEARM_SHARED names the folder that holds them',
  },
} as const satisfies Readonly<Record<string, Circumstance>>;

/** Electron's binary, found without importing `electron`, which would try to download it. */
export function electronBinary(): string | undefined {
  if (process.env.ELECTRON_TEST_BINARY) return process.env.ELECTRON_TEST_BINARY;
  const folder = join(import.meta.dirname, '../../../node_modules/electron');
  const named = join(folder, 'path.txt');
  const binary = existsSync(named) ? join(folder, 'dist', readFileSync(named, 'utf8').trim()) : undefined;
  return binary !== undefined && existsSync(binary) ? binary : undefined;
}

/** Drives of memory need root; a container may forbid them all the same. */
function canMount(): boolean {
  return works((folder) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tonearm-test', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
  });
}

function canProtect(): boolean {
  return works((folder) => {
    const path = join(folder, 'x');
    writeFileSync(path, '');
    execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
    execFileSync('chattr', ['-i', path], { stdio: 'ignore' });
  });
}

function canSetAttributes(): boolean {
  const python = PROGRAMS.python3.find();
  if (process.platform !== 'linux' || !python) return false;
  return works((folder) => {
    const path = join(folder, 'x');
    writeFileSync(path, '');
    const code = 'import os, sys; os.setxattr(sys.argv[1], "user.test", b"1")';
    execFileSync(python, ['-c', code, path], { stdio: 'ignore' });
  });
}

function canMountCaseless(): boolean {
  const drive = mountCaseless();
  drive?.remove();
  return drive !== undefined;
}

/** Whether it can be done in a folder of its own without an error. */
function works(attempt: (folder: string) => void): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-can-'));
  try {
    attempt(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
