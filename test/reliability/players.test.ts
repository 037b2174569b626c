import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WantedTags } from '../../src-main/files/tag-formats';
import { openDatabase } from '../../src-main/platform/database';
import { buildSmallFiles } from '../corpus/build';
import { PLAYERS, type Player } from '../corpus/players';
import type { Found } from '../corpus/readers';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { aTagWriter } from '../support/tag-writer';

const { describe } = requires('ffmpeg');

const DOCUMENT = join(import.meta.dirname, '../../docs/players.md');
/** Measures anew instead of comparing, and writes the tables of the document when every player is here. */
const KEEPS = process.env.TONEARM_FIGURES === '1';
const KINDS = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff', 'wv', 'wma'] as const;
const NAMES = { colon: ':', underscore: '_', hyphen: '-' } as const;
type Naming = keyof typeof NAMES;

const wantedBy = (naming: Naming): WantedTags => ({
  namespace: 'nom',
  separator: NAMES[naming],
  tags: { happy: ['0.8123'], tonearm: ['1; calibration none'] },
  standard: { bpm: '128', initialkey: 'Am', replaygain_track_gain: '-7.00 dB', replaygain_track_peak: '0.981000' },
  mood: ['calm', 'happy'],
  remembersStandard: true,
});

/** Row of the table → what its name, and which values its answer must have. */
const ROWS = {
  MOOD: { name: /(^|[:/ ])(mood|tmoo)$/, values: ['calm', 'happy'] },
  BPM: { name: /(^|[:/ ])(bpm|tbpm|tmpo|beatsperminute)$/, values: ['128'] },
  INITIALKEY: { name: /(^|[:/ ])(initial_?key|tkey)$/, values: ['Am'] },
  REPLAYGAIN_TRACK_GAIN: { name: /(^|[:/ ])(replaygain|rg)_?track_?gain$/, values: ['-7'] },
  'nom:happy': { name: /nom:happy$/, values: ['0.8123'], naming: 'colon' },
  nom_happy: { name: /nom_happy$/, values: ['0.8123'], naming: 'underscore' },
  'nom-happy': { name: /nom-happy$/, values: ['0.8123'], naming: 'hyphen' },
} as const satisfies Record<string, { name: RegExp; values: readonly string[]; naming?: Naming }>;
type Row = keyof typeof ROWS;
type Seen = 'all' | 'first' | 'no';

const folder = temporaryFolder('players');
const found = new Map<string, Found>();
const players = Object.keys(PLAYERS) as Player[];
const pathOfTagged = (kind: string, naming: Naming) => join(folder.path, 'tagged', `${naming}.${kind}`);

function seenBy(player: Player, kind: string, row: Row): Seen {
  const { name, values, ...of } = ROWS[row];
  const fields = found.get(`${player} ${pathOfTagged(kind, 'naming' in of ? of.naming : 'colon')}`) ?? {};
  const texts = valuesIn(fields).filter(([key]) => name.test(key.toLowerCase()));
  const parts = texts.flatMap(([, text]) => text.split(/[;,]\s*|\n|\0/));
  const has = (value: string) => parts.some((part) => part.startsWith(value));
  return values.every(has) ? 'all' : has(values[0]) ? 'first' : 'no';
}

/** Every text in an answer with the name it stands under; lists and tags within tags are opened. */
function valuesIn(fields: unknown, name = ''): [string, string][] {
  if (fields === null || typeof fields !== 'object') return [[name, String(fields)]];
  return Object.entries(fields).flatMap(([key, value]) => valuesIn(value, Array.isArray(fields) ? name : key));
}

async function tagEach(): Promise<string[]> {
  await buildSmallFiles(join(folder.path, 'made'), 0);
  mkdirSync(join(folder.path, 'tagged'));
  const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
  const paths: string[] = [];
  for (const naming of Object.keys(NAMES) as Naming[]) {
    for (const kind of KINDS) {
      const path = pathOfTagged(kind, naming);
      copyFileSync(join(folder.path, 'made', `00.${kind}`), path);
      await writer.write(await writer.plan(path, wantedBy(naming)));
      paths.push(path);
    }
  }
  return paths;
}

const TESTED: Readonly<Record<Player, typeof it>> = {
  MPD: requires('mpd').it,
  'Quod Libet': requires('quodlibet').it,
  beets: requires('beets').it,
  mutagen: requires('mutagen').it,
  TagLib: it,
  ffprobe: it,
};

describe('Players and the tags that we write', () => {
  let paths: string[] = [];
  beforeAll(async () => {
    paths = await tagEach();
  }, 60_000);
  afterAll(() => {
    if (KEEPS && found.size === players.length * paths.length) keep();
    folder.remove();
  });

  for (const player of players) {
    TESTED[player](
      `are read by ${player} at least as the document says`,
      async () => {
        const answers = await PLAYERS[player](paths, join(folder.path, player.replace(' ', '-')));
        for (const [path, fields] of Object.entries(answers)) found.set(`${player} ${path}`, fields);
        if (!KEEPS) expect(worse(rowsOf(player), documented(player))).toEqual([]);
      },
      60_000,
    );
  }
});

type Cells = Record<Row, Record<string, Seen>>;

const rowsOf = (player: Player): Cells =>
  Object.fromEntries(
    (Object.keys(ROWS) as Row[]).map((row) => [
      row,
      Object.fromEntries(KINDS.map((kind) => [kind, seenBy(player, kind, row)])),
    ]),
  ) as Cells;

const MARKS: Readonly<Record<Seen, string>> = { all: 'yes', first: '1st', no: '–' };
const SEEN = Object.fromEntries(Object.entries(MARKS).map(([seen, mark]) => [mark, seen])) as Record<string, Seen>;
const START = '<!-- measured -->';
const END = '<!-- /measured -->';

/** One table for each player: what it sees of a field in which container. */
function measured(): string {
  const head = [`| | ${KINDS.join(' | ')} |`, `|---|${KINDS.map(() => '---|').join('')}`];
  return players
    .map((player) => {
      const rows = Object.entries(rowsOf(player)).map(
        ([row, cells]) => `| \`${row}\` | ${KINDS.map((kind) => MARKS[cells[kind]]).join(' | ')} |`,
      );
      return [`### ${player}`, '', ...head, ...rows].join('\n');
    })
    .join('\n\n');
}

/** What the document says of a player, in the shape of `rowsOf`. */
function documented(player: Player): Cells {
  const [, section = ''] = readFileSync(DOCUMENT, 'utf8').split(`### ${player}\n`);
  const lines = section
    .split('\n### ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return Object.fromEntries(
    lines.map((line) => {
      const [name, ...marks] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name.replaceAll('`', ''), Object.fromEntries(KINDS.map((kind, at) => [kind, SEEN[marks[at]]]))];
    }),
  ) as Cells;
}

const RANK: Readonly<Record<Seen, number>> = { no: 0, first: 1, all: 2 };

/** Where less is seen than the document promises. A newer version of a player may see more. */
function worse(seen: Cells, promised: Cells): string[] {
  const rows = Object.keys(ROWS) as Row[];
  return rows.flatMap((row) =>
    KINDS.filter((kind) => RANK[seen[row][kind]] < RANK[promised[row][kind]]).map((kind) => `${row} in ${kind}`),
  );
}

function keep(): void {
  const [before, rest] = readFileSync(DOCUMENT, 'utf8').split(START);
  writeFileSync(DOCUMENT, `${before}${START}\n\n${measured()}\n\n${END}${rest.split(END)[1]}`);
}
