/**
 * The one list of programs, and of the fonts they draw with, that tests run: how each is found, and what brings it on Debian. A test asks
 * for one by its name here (`requires('ffmpeg')`), `npm test -- --install` installs from here, and a program that no
 * test asks for any more may not stay. Plain JavaScript, because it is read before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const PROGRAMS = {
  ffmpeg: { packages: ['ffmpeg'], find: () => onPath('ffprobe') && onPath('ffmpeg') },
  python3: { packages: ['python3'], find: () => onPath('python3') },
  mutagen: {
    packages: ['python3-mutagen'],
    find: () => allOnPath('python3').find((python) => succeeds(python, '-c', 'import mutagen')),
  },
  gcc: {
    packages: ['gcc', 'libc6-dev'],
    find: () => allOnPath('gcc').find((gcc) => succeeds(gcc, '-E', '-include', 'dlfcn.h', '-x', 'c', '/dev/null')),
  },
  chromium: {
    packages: ['chromium'],
    find: () =>
      [process.env.CHROMIUM, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(
        (path) => path && existsSync(path),
      ) ?? ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((path) => path),
  },
  // Controls of macOS and Windows look different, and have no such file.
  'dejavu-fonts': {
    packages: ['fonts-dejavu-core'],
    find: () => ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'].find((path) => existsSync(path)),
  },
  mpd: { packages: ['mpd'], find: () => onPath('mpd') },
  // The interpreter that has the reader of the player or library.
  quodlibet: {
    packages: ['quodlibet'],
    find: () => allOnPath('python3').find((python) => succeeds(python, '-c', 'import quodlibet.formats')),
  },
  beets: {
    packages: ['beets'],
    find: () => allOnPath('python3').find((python) => succeeds(python, '-c', 'import mediafile')),
  },
  'fail2ban-regex': { packages: ['fail2ban'], find: () => onPath('fail2ban-regex') },
  curl: { packages: ['curl'], find: () => onPath('curl') },
  // Debian puts it where only root looks.
  nginx: {
    packages: ['nginx-light'],
    find: () => onPath('nginx') ?? ['/usr/sbin/nginx'].find((path) => existsSync(path)),
  },
  openssl: { packages: ['openssl'], find: () => onPath('openssl') },
  'exfat-fuse': {
    packages: ['exfatprogs', 'exfat-fuse'],
    find: () => onPath('mkfs.exfat') && onPath('mount.exfat-fuse'),
  },
};

/** The names of the programs that are not here. */
export const missingPrograms = () => Object.keys(PROGRAMS).filter((name) => !PROGRAMS[name].find());

/** What has to be typed, as root on Debian, to bring the programs of these names. */
export const commandThatBrings = (names) => `apt-get install ${packagesOf(names).join(' ')}`;

/** Debian's packages with the programs of these names. */
export const packagesOf = (names) => names.flatMap((name) => PROGRAMS[name].packages);

/** The first program of that name, as a shell would find it; undefined where there is none. */
export const onPath = (name) => allOnPath(name)[0];

function allOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return folders.map((folder) => join(folder, file)).filter(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function succeeds(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
