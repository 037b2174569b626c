import { dirname } from 'node:path';
import { cyclesOf } from './graph.mjs';
import { isContract, isGroup, LAYERS, placeOf } from './layers.mjs';

const isOurs = (file) => file.split('/')[0] in LAYERS && /\.tsx?$/.test(file);
const rootOf = (file) => file.split('/')[0];

/**
 * What breaks the rules of the house, a sentence each.
 *
 * @param {{ files: readonly string[], imports: readonly { from: string, to: string }[] }} source as `readSource` gives it
 * @returns {{ rule: string, from: string, to: string, message: string }[]}
 */
export function violationsOf({ files, imports }) {
  const ours = imports.filter(({ from, to }) => isOurs(from) && isOurs(to));
  return [
    ...files
      .filter(isOurs)
      .filter((file) => placeOf(file) === undefined)
      .map(unlisted),
    ...ours.flatMap((each) => [...upward(each), ...pastIndex(each)]),
    ...imports.flatMap(foreign),
    ...cycles(ours),
    ...full(files.filter(isOurs)),
  ];
}

function unlisted(file) {
  const message = `${dirname(file)} has no place in build/house/layers.mjs.`;
  return { rule: 'unlisted-folder', from: file, to: '', message };
}

/** The window knows of the application what its contract says, and nothing else. */
function upward({ from, to }) {
  if (isContract(to) || rootOf(from) !== rootOf(to)) return [];
  const [below, above] = [placeOf(from), placeOf(to)];
  if (below === undefined || above === undefined || above <= below) return [];
  const name = LAYERS[rootOf(to)][above]?.name ?? 'an entry';
  return [{ rule: 'upward-import', from, to, message: `${from} reaches up into ${name}: ${to}.` }];
}

/** The outermost folder that an import enters lets in by its index alone. */
function pastIndex({ from, to }) {
  if (isContract(to) || rootOf(from) !== rootOf(to)) return [];
  let entered = dirname(to);
  if (isInside(entered, from)) return [];
  for (let folder = entered; !isInside(folder, from); folder = dirname(folder)) if (!isGroup(folder)) entered = folder;
  if (isGroup(entered) || to === `${entered}/index.ts`) return [];
  return [{ rule: 'past-an-index', from, to, message: `${from} goes past the index of ${entered}: ${to}.` }];
}

const isInside = (folder, file) => file.startsWith(`${folder}/`);

/** What only some may know: Electron, other layers' libraries, the inside of the application. */
function foreign({ from, to }) {
  const refuse = (rule, message) => [{ rule, from, to, message }];
  const isElectron = /(^|node_modules\/)electron(\/|$)/.test(to);
  if (isElectron && !/^src-(preload\/|main\/index\.ts$|main\/transport\/(shell|ipc)\/)/.test(from)) {
    return refuse('electron', `${from} imports Electron; only the shell, the preload and the entry may.`);
  }
  if (/^src-main\/analysis\/audio\//.test(from) && /^src-main\/(?!analysis\/audio\/|rpc\/)/.test(to)) {
    return refuse('audio-is-pure', `${from} is a function of samples, and imports ${to}.`);
  }
  const isOpen = isContract(to) || /^src-main\/rpc\//.test(to);
  if (/^src-(renderer|preload)\//.test(from) && /^src-main\//.test(to) && !isOpen) {
    return refuse('window-knows-contracts', `${from} imports the inside of the application: ${to}.`);
  }
  return [];
}

/** Cycles of files, and of the folders that they stand in. Contracts are data, so that they tie no knot. */
function cycles(imports) {
  const edges = imports.filter(({ to }) => !isContract(to));
  const folders = edges
    .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
    .filter(({ from, to }) => from !== to);
  const told = (rule) => (cycle) => ({
    ...{ rule, from: cycle[0], to: cycle.at(-1) },
    message: `These import each other in a circle: ${cycle.join(', ')}.`,
  });
  return [...cyclesOf(imports).map(told('cycle-of-files')), ...cyclesOf(folders).map(told('cycle-of-folders'))];
}

const MAX_FILES = 25;

/** Folders in which nobody finds anything any more; tests do not count. */
function full(files) {
  const folders = Map.groupBy(files, (file) => dirname(file));
  return [...folders]
    .filter(([, inside]) => inside.length > MAX_FILES)
    .map(([folder, inside]) => ({
      ...{ rule: 'full-folder', from: folder, to: '' },
      message: `${folder} holds ${inside.length} files; at most ${MAX_FILES} are wanted. Which two things live there?`,
    }));
}
