import { beforeEach, expect, it } from 'vitest';
import { createTrackRepository } from '../../../library/tracks';
import { openDatabase, readHere } from '../../../platform/database';
import { routesOf } from '../../../rpc/routes';
import { type ImportPreview, playlistImportContract } from './contract';
import { playlistImportHandlers } from './handlers';
import { firstArtist, normalTitle } from './normalise';
import { createImportQueries } from './queries';
import { readPlaylist } from './read-playlist';

type Known = readonly [
  title: string,
  artist: string,
  more?: { album?: string; seconds?: number; path?: string; isrc?: string },
];
const LIBRARY: readonly Known[] = [
  ['Salt', 'Anna Lindqvist', { album: 'Tides', seconds: 187, path: 'Anna/Tides/01 Salt.flac', isrc: 'DEA123456789' }],
  ['Salt (Live in Köln)', 'Anna Lindqvist', { album: 'Live', seconds: 260 }],
  ['Undertow', 'Ben Marrow feat. Cléo', { seconds: 200 }],
  ['Élan', 'Cléo', { seconds: 180 }],
  ['The Long Way Round - Remastered 2011', 'The Quiet Hours', { seconds: 240 }],
  ['Paper Boats', 'Ottoline', { seconds: 150 }],
  ['Paper Boots', 'Ottoline', { seconds: 210 }],
  ['Nine Lights', 'Hollow Coast', { album: 'North', seconds: 200 }],
  ['Nine Lights', 'Hollow Coast', { album: 'Best of', seconds: 201 }],
  ['Glass Hours', 'Kleine Lampe', { seconds: 190 }],
  ['Overture', 'Alpha Band', { album: 'One', seconds: 203, path: 'Alpha/One/CD1/01 Intro.flac' }],
  ['Beta Track', 'Beta Band', { album: 'Two', seconds: 241, path: 'Beta/Two/Track 01.flac' }],
  ['Upper', 'Case', { path: 'Case/A/Song.flac' }],
  ['Lower', 'Case', { path: 'Case/A/song.flac' }],
  ['Ride', 'Hans', { path: 'Hans Z/Rush/05 Ride 100% #1.flac' }],
  ['Written', 'So', { path: 'Hans Z/Rush/06 A%20B.flac' }],
  ['Crush', 'Garbage', { path: 'Garbage/#1 Crush/01 #1 Crush.flac' }],
  ['Who', 'The Who', { path: 'Who/What?/03 Who?.flac' }],
  ['Noël', 'Marie-Michèle D.', { path: 'Marie-Michèle/Chanté/06 Noël.flac'.normalize('NFC') }],
  ['Группа крови', 'Кино', { path: 'Кино/Группа крови/01 Группа крови.flac' }],
  ['夜に駆ける', 'ヨアソビ', { path: 'ヨアソビ/夜に駆ける.flac' }],
  ['月亮代表我的心', '邓丽君', { path: '邓丽君/月亮代表我的心.flac' }],
  ['Spades', 'Motörhead', { path: 'Motörhead/Ács/01 Ace of Späde.flac'.normalize('NFD') }],
];

let call: (name: keyof typeof playlistImportContract, input: unknown) => Promise<unknown>;
let tracks: ReturnType<typeof createTrackRepository>;

beforeEach(() => {
  const db = openDatabase(':memory:');
  db.exec("INSERT INTO library (name, root_path, created_at, updated_at) VALUES ('m', '/m', '', '')");
  tracks = createTrackRepository(db);
  const text = db.prepare('INSERT OR REPLACE INTO track_text (track_id, texts, edition) VALUES (?, ?, 1)');
  for (const [title, artist, { album = '', seconds = 200, path = `${title} ${album}.mp3`, isrc } = {}] of LIBRARY) {
    const texts = { container: 'mp3', title, artist, albumArtist: artist, album, genre: null };
    const numbers = { durationMs: seconds * 1000, sampleRate: 1, channels: 2, bitrate: 1, year: null };
    const file = { libraryId: 1, path, pathBytes: null, sizeBytes: 1, mtimeMs: 1, inode: path };
    const metadata = { ...texts, ...numbers, trackNumber: null, discNumber: null };
    const id = tracks.add(file, { metadata } as Parameters<typeof tracks.add>[1]);
    if (isrc) text.run(id, JSON.stringify({ isrc: [isrc] }));
  }
  const reader = readHere(createImportQueries(db));
  const handlers = playlistImportHandlers({
    ...{ db, reader, tracks, savePlaylist: () => ({ id: 7 }) },
    readPlaylist: async (name, content, encoding) => readPlaylist(name, content, encoding),
  });
  const routes = routesOf('playlistImport', playlistImportContract, handlers, (_name, thrown) => {
    throw thrown;
  });
  call = async (name, input) => {
    const outcome = await routes
      .find((route) => route.name === `playlistImport.${name}`)!
      .call(input, { transport: 'http' });
    return outcome.ok ? outcome.value : outcome.error;
  };
});

const preview = (content: string, name = 'list.csv') => call('preview', { name, content }) as Promise<ImportPreview>;
const table = (...rows: readonly string[]) => `title,artist,album,isrc,duration\n${rows.join('\n')}\n`;
/** `found title (album) by method`, `? candidates` or `–`, in the order of the playlist. */
async function found(...rows: readonly string[]): Promise<string[]> {
  const { matched, ambiguous, unmatched } = await preview(table(...rows));
  const said = new Map<number, string>();
  for (const { source, track, method } of matched) said.set(source.position, `${track.title}|${track.album}|${method}`);
  for (const { source, candidates } of ambiguous)
    said.set(source.position, `? ${candidates.map(({ track }) => track.title).join(', ')}`);
  for (const { position } of unmatched) said.set(position, '–');
  return rows.map((_, index) => said.get(index + 1)!);
}

it('makes one of the spellings of a title, and leaves alone what is a title', () => {
  const same = (...titles: string[]) => new Set(titles.map(normalTitle)).size;
  expect(
    same('Élan', 'elan', 'Elan (feat. Ben)', 'ELAN - Remastered 2011', 'Élan [Live at Home]', 'Elan feat. Ben'),
  ).toBe(1);
  expect(normalTitle('Live and Let Die')).toBe('live and let die');
  expect(normalTitle('(Live)')).toBe('live');
  expect(normalTitle('Salt (Kleine Remix)')).toBe('salt kleine remix');
  expect(normalTitle('Don’t Stop')).toBe(normalTitle("Don't Stop"));
  expect(normalTitle('？')).toBe('?');
  expect(
    ['Ben Marrow feat. Cléo', 'Ben Marrow & Cléo', 'Ben Marrow, Cléo', 'Ben Marrow x Cleo'].map(firstArtist),
  ).toEqual(Array(4).fill('ben marrow'));
  expect(firstArtist('The The')).toBe('the');
});

it('finds by ISRC first, then by the same names', async () => {
  expect(
    await found('Other words,Somebody,,DEA123456789,', 'elan,CLEO,,,', 'Undertow (feat. Cléo),Ben Marrow,,,'),
  ).toEqual(['Salt|Tides|isrc', 'Élan||exact', 'Undertow||exact']);
  expect(await found('The Long Way Round,Quiet Hours,,,')).toEqual(['The Long Way Round - Remastered 2011||exact']);
});

it('takes of several recordings the same edition, album or length', async () => {
  expect(
    await found(
      'Salt,Anna Lindqvist,,,187',
      'Salt (Live in Köln),Anna Lindqvist,,,260',
      'Nine Lights,Hollow Coast,Best of,,',
      'Nine Lights,Hollow Coast,,,200',
    ),
  ).toEqual([
    'Salt|Tides|exact',
    'Salt (Live in Köln)|Live|exact',
    'Nine Lights|Best of|exact',
    'Nine Lights|North|exact',
  ]);
});

it('asks where the length says that it is another recording', async () => {
  expect(await found('Glass Hours,Kleine Lampe,,,400')).toEqual(['? Glass Hours']);
});

it('finds names that are spelt a little differently, and asks where two are nearly as near', async () => {
  expect(await found('Glas Hours,Kleine Lampe,,,', 'Undertwo,Ben Marow,,,')).toEqual([
    'Glass Hours||fuzzy',
    '? Undertow',
  ]);
  expect(await found('Paper Boits,Ottoline,,,', 'Paper Boits,Ottoline,,,150')).toEqual([
    '? Paper Boats, Paper Boots',
    'Paper Boats||fuzzy',
  ]);
});

it('takes nobody’s song for somebody else’s, and finds nothing where there is nothing', async () => {
  expect(await found('Glass Hours,Metallica,,,', 'Enter Sandman,Metallica,,,', '!!!,???,,,')).toEqual([
    '? Glass Hours',
    '–',
    '–',
  ]);
});

it('finds a file of an M3U by the end of its path', async () => {
  const { matched } = await preview('#EXTM3U\n/mnt/nas/music/anna/tides/01 salt.flac\n', 'x.m3u');
  expect(matched).toMatchObject([{ method: 'path', track: { title: 'Salt' } }]);
});

/** What is found of the entries of an M3U, as `found` says it. */
async function foundM3u(...lines: readonly string[]): Promise<string[]> {
  const { matched, ambiguous, unmatched } = await preview(`#EXTM3U\n${lines.join('\n')}\n`, 'x.m3u');
  return [
    ...matched.map(({ source, track, method }) => [source.position, `${track.title}|${method}`] as const),
    ...ambiguous.map(
      ({ source, candidates }) =>
        [source.position, `? ${candidates.map(({ track }) => track.title).join(', ')}`] as const,
    ),
    ...unmatched.map(({ position }) => [position, '–'] as const),
  ]
    .sort(([a], [b]) => a - b)
    .map(([, said]) => said);
}

it('takes no file by the end of its path where the playlist names another title, artist or length', async () => {
  expect(
    await foundM3u(
      '#EXTINF:200,Pink Floyd - In the Flesh?',
      String.raw`D:\Music\Pink Floyd\The Wall\CD1\01 Intro.flac`,
      '#EXTINF:241,Madonna - Vogue',
      String.raw`D:\Music\Madonna\Hits\Track 01.flac`,
      '#EXTINF:241,Madonna - Vogue',
      String.raw`D:\Music\Madonna\Two\Track 01.flac`,
      '#EXTINF:600,Beta Band - Beta Track',
      '/m/Two/Track 01.flac',
    ),
  ).toEqual(['–', '–', '? Beta Track', '? Beta Track']);
  expect(await foundM3u('/m/Madonna/Hits/Track 01.flac')).toEqual(['? Beta Track']);
});

it('takes a file by the end of its path where nothing contradicts it', async () => {
  expect(
    await foundM3u(
      '#EXTINF:203,Alpha Band - Overture',
      '/m/CD1/01 Intro.flac',
      '#EXTINF:203,Overture - Alpha Band',
      '/m/CD1/01 Intro.flac',
      '#EXTINF:-1,Overture',
      '/m/CD1/01 Intro.flac',
      'Two/Track 01.flac',
      'Track 01.flac',
    ),
  ).toEqual(['Overture|path', 'Overture|path', 'Overture|path', 'Beta Track|path', 'Beta Track|path']);
});

it('takes a file whose artist, album and name agree whatever else the playlist calls it', async () => {
  expect(await foundM3u('#EXTINF:9,Somebody - Something', '/m/Beta/Two/Track 01.flac')).toEqual(['Beta Track|path']);
});

it('takes of two files that differ in letter case the one that is written so, and of others any spelling', async () => {
  expect(await foundM3u('Case/A/song.flac', '/m/Case/A/Song.flac', 'beta/two/TRACK 01.flac')).toEqual([
    'Lower|path',
    'Upper|path',
    'Beta Track|path',
  ]);
  expect(await foundM3u('/m/Case/A/SONG.flac')).toEqual(['–']);
});

it('finds a path whose accents are written in another form than those of the file', async () => {
  const [noel, spades] = ['Marie-Michèle/Chanté/06 Noël.flac', 'Motörhead/Ács/01 Ace of Späde.flac'];
  for (const form of ['NFC', 'NFD'])
    expect(
      await foundM3u(
        '#EXTINF:257,Noël - Desrosiers'.normalize(form),
        `/m/${noel.normalize(form)}`,
        spades.normalize(form),
      ),
    ).toEqual(['Noël|path', 'Spades|path']);
});

it('finds a path as it is written, else decoded', async () => {
  expect(await foundM3u('Hans%20Z/Rush/05%20Ride%20100%25%20%231.flac', 'Hans Z/Rush/06 A%20B.flac')).toEqual([
    'Ride|path',
    'Written|path',
  ]);
  expect(
    await foundM3u(
      'file:///m/Garbage/#1 Crush/01 #1 Crush.flac',
      'file://localhost/m/Who/What?/03 Who?.flac',
      'file:///m/Hans%20Z/Rush/05%20Ride 100% #1.flac',
    ),
  ).toEqual(['Crush|path', 'Who|path', 'Ride|path']);
});

it('leaves out files that are missing', async () => {
  expect(await found('Élan,Cléo,,,')).toEqual(['Élan||exact']);
  tracks.markMissing([4], new Date());
  expect(await found('Élan,Cléo,,,')).toEqual(['–']);
});

it('remembers what a person has chosen, also for the next playlist, until it is forgotten', async () => {
  const row = 'Enter Sandman,Metallica,,,';
  await call('match', { title: 'Enter Sandman', artist: 'Metallica', trackId: 10 });
  expect(await found(row, 'ENTER SANDMAN,The Metallica,,USEE10001234,')).toEqual([
    'Glass Hours||remembered',
    'Glass Hours||remembered',
  ]);
  expect(await found('Enter Sandman (Live),Metallica,,,')).toEqual(['–']);
  await call('match', { title: 'Enter Sandman', artist: 'Metallica', trackId: null });
  expect(await found(row)).toEqual(['–']);
  expect(await call('match', { title: 'x', trackId: 4711 })).toMatchObject({ code: 'not_found' });
});

it('gives the unmatched as a table without formulas, which it reads again', async () => {
  const { unmatched, unmatchedCsv } = await preview(
    table(`"=cmd|'/C calc'!A0",@evil,"+1, ""2""",,`, '-Minus-,Nobody,,,'),
  );
  expect(unmatchedCsv.split('\r\n').slice(1, 3)).toEqual([
    `"'=cmd|'/C calc'!A0","'@evil","'+1, ""2""",,`,
    `"'-Minus-",Nobody,,,`,
  ]);
  const again = await preview(unmatchedCsv);
  expect(again.unmatched).toEqual(unmatched);
});

it('keeps what was found as a playlist, or gives it as M3U', async () => {
  expect(await call('save', { name: 'Evening', trackIds: [4, 1] })).toMatchObject({ playlistId: 7 });
  expect(await call('save', { name: 'Evening', trackIds: [1], as: 'm3u' })).toEqual({
    playlistId: null,
    fileName: 'Evening.m3u8',
    content: '#EXTM3U\n#PLAYLIST:Evening\n#EXTINF:187,Anna Lindqvist - Salt\nAnna/Tides/01 Salt.flac\n',
  });
  expect(await call('save', { name: 'Evening', trackIds: [4711] })).toMatchObject({ code: 'not_found' });
});

it('takes the file as text or as bytes, and one of its playlists', async () => {
  const bytes = Buffer.from('title;artist;playlist\nÉlan;Cléo;A\nSalt;Anna Lindqvist;B\n', 'latin1').toString('base64');
  const answer = await call('preview', { name: 'x.csv', contentBase64: bytes, index: 1 });
  expect(answer).toMatchObject({
    name: 'B',
    format: 'csv',
    playlists: [{ name: 'A', tracks: 1 }, { name: 'B' }],
    total: 1,
  });
  expect(await call('preview', { name: 'x.csv', contentBase64: bytes, index: 2 })).toMatchObject({ code: 'not_found' });
  expect(await call('preview', { name: 'x.csv' })).toMatchObject({ code: 'invalid_input' });
  expect(await call('preview', { name: 'x.csv', content: 'a', contentBase64: bytes })).toMatchObject({
    code: 'invalid_input',
  });
});

/** In bytes of another encoding, which the platform only reads: each character by looking for the bytes that give it. */
function encoded(text: string, encoding: string): string {
  const decoder = new TextDecoder(encoding);
  const bytesOf = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (const codes of [[lead], ...Array.from({ length: 0xbf }, (_, trail) => [lead, trail + 0x40])]) {
      const character = decoder.decode(new Uint8Array(codes));
      if ([...character].length === 1 && !bytesOf.has(character)) bytesOf.set(character, codes);
    }
  }
  const bytes = [...text].flatMap((character) =>
    character < '\x80' ? [character.charCodeAt(0)] : (bytesOf.get(character) ?? []),
  );
  return Buffer.from(bytes).toString('base64');
}

it.each([
  ['windows-1251', 'C:\\Музыка\\Кино\\Группа крови\\01 Группа крови.flac', 'Группа крови'],
  ['shift_jis', 'D:\\ヨアソビ\\夜に駆ける.flac', '夜に駆ける'],
  ['gbk', 'D:\\邓丽君\\月亮代表我的心.flac', '月亮代表我的心'],
  ['windows-1252', 'C:\\Motörhead\\Ács\\01 Ace of Späde.flac', 'Spades'],
])('reads a playlist in %s by which names of the library that gives', async (encoding, path, title) => {
  const contentBase64 = encoded(`#EXTM3U\r\n${path}\r\n`, encoding);
  const found = (await call('preview', { name: 'x.m3u', contentBase64 })) as ImportPreview;
  expect(found).toMatchObject({ encoding, isEncodingGuessed: true, matched: [{ track: { title } }] });
  const asked = (await call('preview', { name: 'x.m3u', contentBase64, encoding })) as ImportPreview;
  expect(asked).toMatchObject({ encoding, isEncodingGuessed: false, matched: [{ track: { title } }] });
});
