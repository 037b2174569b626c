import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

export interface Ffmpeg {
  readonly path: string;
  /** `ffmpeg 5.1.6`. */
  readonly name: string;
}

const NAMES = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg'];
const TIMEOUT_MS = 10_000;
let known: Promise<Ffmpeg | undefined> | undefined;

/**
 * The FFmpeg of this machine, looked for once on the PATH; undefined where there is none that runs. The environment's
 * `TONEARM_FFMPEG` names another, or says `none`.
 */
export function findFfmpeg(): Promise<Ffmpeg | undefined> {
  known ??= look();
  return known;
}

async function look(): Promise<Ffmpeg | undefined> {
  const wanted = process.env.TONEARM_FFMPEG;
  if (wanted === 'none') return undefined;
  const path = wanted && isAbsolute(wanted) ? wanted : onPath();
  const version = path && (await versionOf(path));
  return version ? { path, name: `ffmpeg ${version}` } : undefined;
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Undefined when it does not run, be it that no program may be started here. */
function versionOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    try {
      execFile(path, ['-version'], { timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) => {
        resolve(error ? undefined : /^ffmpeg version (\d[\w.]*|\S+)/.exec(stdout)?.[1]);
      });
    } catch {
      resolve(undefined);
    }
  });
}
