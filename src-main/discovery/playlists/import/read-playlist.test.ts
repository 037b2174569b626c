import { expect, it } from 'vitest';
import { MAX_FILE_BYTES, readPlaylist } from './read-playlist';

const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
const names = (file: string, content: string | Uint8Array) =>
  readPlaylist(file, content).playlists.map(({ name, tracks }) => [
    name,
    ...tracks.map(({ artist, title }) => `${artist}|${title}`),
  ]);
const first = (file: string, content: string | Uint8Array) => readPlaylist(file, content).playlists[0].tracks[0];

it('reads M3U: extended and plain, with paths of every system', () => {
  const text =
    '#EXTM3U\r\n#PLAYLIST:Evening\r\n#EXTINF:187,Anna - Salt\r\nC:\\Music\\Anna\\1 Salt.mp3\r\n\r\n../Ben/02 - Ben - Undertow.flac\r\nfile:///m/%C3%89lan.ogg\n';
  expect(names('x.m3u8', text)).toEqual([['Evening', 'Anna|Salt', 'Ben|Undertow', '|Élan']]);
  expect(first('x.m3u8', text)).toMatchObject({ durationMs: 187_000, path: 'C:/Music/Anna/1 Salt.mp3' });
});

it('takes the name of an entry from its path, decoded where that is encoded', () => {
  expect(names('x.m3u', 'Hans/05%20Ride%20100%25.flac\n07 Pure 100%25.flac\n')).toEqual([
    ['x', '|Ride 100%', '|Pure 100%25'],
  ]);
});

it('reads PLS in the order of its numbers', () => {
  const text =
    '[playlist]\nFile2=b.mp3\nTitle2=Ben - B\nFile1=a.mp3\nTitle1=Anna - A\nLength1=100\nNumberOfEntries=2\n';
  expect(names('list.pls', text)).toEqual([['list', 'Anna|A', 'Ben|B']]);
});

it('reads what Exportify and others write as a table, whatever parts the columns', () => {
  const exportify =
    '"Track URI","Track Name","Album Name","Artist Name(s)","Duration (ms)","ISRC"\r\n"spotify:track:1","Salt, ""live""","Tides","Anna;Ben","187000","de-a12-34-56789"\r\n';
  expect(first('evening.csv', exportify)).toEqual({
    ...{ title: 'Salt, "live"', artist: 'Anna', album: 'Tides', isrc: 'DEA123456789', durationMs: 187_000, path: '' },
  });
  const soundiiz = 'title;artist;playlist name;duration\nSalt;Anna;One;3:07\nÉlan;Cléo;Two;61\n';
  expect(names('x.csv', `\ufeff${soundiiz}`)).toEqual([
    ['One', 'Anna|Salt'],
    ['Two', 'Cléo|Élan'],
  ]);
  expect(first('x.csv', soundiiz).durationMs).toBe(187_000);
});

it('reads the JSON of Spotify’s account data, several playlists in one file', () => {
  const track = { trackName: 'Salt', artistName: 'Anna', albumName: 'Tides', trackUri: 'spotify:track:1' };
  const playlists = [
    { name: 'Evening', items: [{ track, episode: null, localTrack: null, addedDate: '2024-01-01' }] },
    { name: 'Podcasts', items: [{ track: null, episode: { episodeName: 'x' } }] },
    { name: 'Morning', items: [{ track }, { track }] },
  ];
  expect(names('Playlist1.json', JSON.stringify({ playlists }))).toEqual([
    ['Evening', 'Anna|Salt'],
    ['Morning', 'Anna|Salt', 'Anna|Salt'],
  ]);
  const liked = { tracks: [{ artist: 'Anna', album: 'Tides', track: 'Salt', uri: 'spotify:track:1' }] };
  expect(names('YourLibrary.json', JSON.stringify(liked))).toEqual([['YourLibrary', 'Anna|Salt']]);
});

it('reads the JSON of the APIs of Spotify and Deezer, and JSPF', () => {
  const spotify = {
    name: 'A',
    tracks: {
      items: [
        {
          track: {
            name: 'Salt',
            artists: [{ name: 'Anna' }],
            duration_ms: 1000,
            external_ids: { isrc: 'DEA123456789' },
          },
        },
      ],
    },
  };
  const deezer = {
    title: 'B',
    tracks: {
      data: [
        { title: 'Salt', artist: { name: 'Anna' }, album: { title: 'Tides' }, duration: 187, isrc: 'DEA123456789' },
      ],
    },
  };
  const jspf = { playlist: { title: 'C', track: [{ title: 'Salt', creator: 'Anna', duration: 187_000 }] } };
  for (const [json, name] of [
    [spotify, 'A'],
    [deezer, 'B'],
    [jspf, 'C'],
  ] as const)
    expect(names('x.json', JSON.stringify(json))).toEqual([[name, 'Anna|Salt']]);
  expect(first('x.json', JSON.stringify(deezer))).toMatchObject({
    album: 'Tides',
    durationMs: 187_000,
    isrc: 'DEA123456789',
  });
  expect(first('x.json', JSON.stringify(jspf)).durationMs).toBe(187_000);
});

it('reads XSPF without expanding anything that it refers to', () => {
  const text = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY bomb "boom">]><playlist xmlns="http://xspf.org/ns/0/"><title>Tides &amp; more</title>
    <trackList><track><location>file:///m/Anna/Salt%20.mp3</location><title>Salt &#x26; &bomb; <![CDATA[x]]></title><creator>Anna</creator><duration>187000</duration></track>
    <track><title><![CDATA[<Élan>]]></title></track></trackList></playlist>`;
  expect(names('x.xspf', text)).toEqual([['Tides & more', 'Anna|Salt & &bomb; <![CDATA[x]]>', '|<Élan>']]);
  expect(first('x.xspf', text).path).toBe('/m/Anna/Salt .mp3');
});

it('reads XSPF whose elements bear a prefix, and none of its comments', () => {
  const text = `<?xml version="1.0"?><!-- <track><title>No</title></track> --><x:playlist xmlns:x="http://xspf.org/ns/0/"><x:title>T</x:title>
    <x:trackList><!-- <x:track><x:title>No</x:title></x:track> --><x:track><x:title>Salt</x:title><x:creator>Anna</x:creator></x:track></x:trackList></x:playlist>`;
  expect(names('x.xspf', text)).toEqual([['T', 'Anna|Salt']]);
  const address = '<playlist><track><location>http://h/a/Anna%20-%20Salt.mp3?k=1</location></track></playlist>';
  expect(names('x.xspf', address)).toEqual([['x', 'Anna|Salt']]);
});

it('reads the playlists of Windows Media Player and Zune', () => {
  const wpl = String.raw`<?wpl version="1.0"?><smil><head><title>W</title></head><body><seq>
    <media src="..\ABBA\Gold &amp; more\01 Dancing Queen.flac"/>
    <media src="a.wma" albumTitle="Tides" trackTitle="Salt" trackArtist="Anna" duration="187000"/></seq></body></smil>`;
  expect(names('x.wpl', wpl)).toEqual([['W', '|Dancing Queen', 'Anna|Salt']]);
  expect(first('x.wpl', wpl)).toMatchObject({ path: '../ABBA/Gold & more/01 Dancing Queen.flac' });
  expect(readPlaylist('x.zpl', wpl).playlists[0].tracks[1]).toMatchObject({ album: 'Tides', durationMs: 187_000 });
  const asx =
    '<ASX version="3.0"><TITLE>A</TITLE><Entry><title>Time</title><author>Hans</author></Entry><entry><ref href="file:///m/Anna%20-%20Salt.wma"/></entry></ASX>';
  expect(names('x.asx', asx)).toEqual([['A', 'Hans|Time', 'Anna|Salt']]);
});

it('says which format XML is that it does not know, and reads none of it as lines', () => {
  const reading = (content: string) => () => readPlaylist('x.xml', content);
  const refused = (words: string) =>
    expect.objectContaining({ code: 'unsupported_file', message: expect.stringContaining(words) });
  const plist = '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "x" "y"><plist version="1.0"><dict/></plist>';
  expect(reading(plist)).toThrow(refused('iTunes'));
  expect(reading('<rss version="2.0"><channel/></rss>')).toThrow(refused('RSS'));
  expect(reading('<a:pla xmlns:a="x"><b/></a:pla>')).toThrow(refused('(pla)'));
  expect(names('x.txt', '<Unknown> - Salt\n')).toEqual([['x', '<Unknown>|Salt']]);
});

it('reads the table of YouTube Music', () => {
  const text = 'Video ID,Song Title,Album Title,Artist Name 1,Artist Name 2\nabc,Time,Inception,Hans Zimmer,\n';
  expect(first('music library songs.csv', text)).toMatchObject({
    ...{ title: 'Time', artist: 'Hans Zimmer', album: 'Inception' },
  });
});

it('reads what M3U says beside the title, and paths of PLS in quotes', () => {
  const m3u =
    '#EXTM3U\n#EXTALB:Gold\n#EXTART:ABBA\n#EXTINF:3 tvg-name="ABBA, Gold" x="1",ABBA - Dancing Queen\nhttp://h/1\n#EXTINF:4,Waterloo, live\nb.mp3\n#EXTINF:5 a="b,Ben - Open\nc.mp3\n';
  expect(names('x.m3u', m3u)).toEqual([['x', 'ABBA|Dancing Queen', 'ABBA|Waterloo, live', 'Ben|Open']]);
  expect(first('x.m3u', m3u)).toMatchObject({ album: 'Gold', durationMs: 3000 });
  const pls = String.raw`[playlist]
File1="C:\Music\Anna\Salt.mp3"
`;
  expect(first('x.pls', pls).path).toBe('C:/Music/Anna/Salt.mp3');
});

it('reads a plain list of lines', () => {
  expect(names('list.txt', '1. Anna - Salt\n2. Cléo – Élan\nUndertow\n')).toEqual([
    ['list', 'Anna|Salt', 'Cléo|Élan', '|Undertow'],
  ]);
});

it('finds out the encoding by itself', () => {
  const text = '#EXTM3U\n#EXTINF:1,Cléo - Élan\nx.mp3\n';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  const contents = [bytes(text, 'utf8'), bytes(`\ufeff${text}`, 'utf8'), bytes(text, 'latin1'), little];
  const withoutMark = Buffer.from(text, 'utf16le');
  for (const content of [...contents, Buffer.from(little).swap16(), withoutMark])
    expect(first('x.m3u', new Uint8Array(content))).toMatchObject({ artist: 'Cléo', title: 'Élan' });
});

it('knows UTF-16 without a mark by its zeros, in every language', () => {
  const text = '#EXTM3U\r\n#EXTINF:1,Кино - Группа крови\r\nМузыка/Кино/Группа крови.flac\r\n';
  const little = Buffer.from(text, 'utf16le');
  for (const content of [little, Buffer.from(little).swap16()])
    expect(first('x.m3u', new Uint8Array(content))).toMatchObject({ artist: 'Кино', title: 'Группа крови' });
});

it('reads the lists of Winamp 3, Media Player Classic, Sansa and RealPlayer', () => {
  const b4s = String.raw`<?xml version="1.0"?><WinampXML><!-- x --><playlist num_entries="2" label="W">
    <entry Playstring="file:C:\Music\Anna\Salt.mp3"><Name>Anna - Salt</Name><Length>187000</Length></entry>
    <entry Playstring="file:Ben - B.mp3"/></playlist></WinampXML>`;
  expect(names('x.b4s', b4s)).toEqual([['W', 'Anna|Salt', 'Ben|B']]);
  expect(first('x.b4s', b4s)).toMatchObject({ path: 'C:/Music/Anna/Salt.mp3', durationMs: 187_000 });
  const mpcpl =
    'MPCPLAYLIST\n1,type,0\n1,filename,C:\\Music\\Anna - Salt.mp3\n2,type,0\n2,label,Ben - B\n2,filename,b.mp3\n';
  expect(names('x.mpcpl', mpcpl)).toEqual([['x', 'Anna|Salt', 'Ben|B']]);
  const plp = 'PLP PLAYLIST\r\nVERSION 1.20\r\n\r\nHARP, MUSIC\\Anna\\01 Salt.mp3\r\n';
  expect(first('x.plp', plp)).toMatchObject({ title: 'Salt', path: 'MUSIC/Anna/01 Salt.mp3' });
  expect(names('x.ram', '# comment\nfile:///m/Anna%20-%20Salt.rm\n--stop--\n')[0][1]).toBe('Anna|Salt');
});

it('says what is wrong with a file that is no playlist', () => {
  const reading = (name: string, content: string | Uint8Array) => () => readPlaylist(name, content);
  const failure = (code: string) => expect.objectContaining({ code });
  expect(
    reading(
      'x.mp3',
      Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
    ),
  ).toThrow(failure('unsupported_file'));
  expect(reading('x.m3u', new Uint8Array(MAX_FILE_BYTES + 1))).toThrow(failure('too_large'));
  expect(reading('x.m3u', 'a.mp3\n'.repeat(10_001))).toThrow(failure('too_large'));
  expect(reading('x.m3u', '#EXTM3U\n')).toThrow(failure('invalid_input'));
  expect(reading('x.json', '{"playlists": [')).toThrow(failure('invalid_input'));
  expect(reading('x.json', '{"hello": "world"}')).toThrow(failure('invalid_input'));
  expect(reading('x.json', `${'['.repeat(1_000_000)}`)).toThrow(failure('invalid_input'));
  expect(reading('x.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toThrow(failure('invalid_input'));
  expect(reading('x.csv', `title,artist\n"${'x'.repeat(200_000)}`)).toThrow(failure('invalid_input'));
  expect(reading('', '')).toThrow(failure('invalid_input'));
});

it('takes only text out of JSON, whatever it is made of', () => {
  const odd = [
    { title: { a: 1 }, artist: [1] },
    null,
    7,
    'x',
    { title: 'x'.repeat(9999), artist: { name: null } },
    { title: 5 },
  ];
  const { tracks } = readPlaylist('x.json', JSON.stringify(odd)).playlists[0];
  expect(tracks.map(({ title, artist }) => [title.length, artist])).toEqual([
    [500, ''],
    [1, ''],
  ]);
});

it('is not slowed down by names that are made to be slow', () => {
  const began = performance.now();
  readPlaylist('x.csv', `title,artist\n${`${'('.repeat(250)}live,${' - '.repeat(160)}\n`.repeat(2000)}`);
  readPlaylist('x.xspf', `<playlist>${'<track><title '.repeat(20_000)}<track><title>x</title>`);
  readPlaylist('x.m3u', `#EXTINF:1 ${'="a"'.repeat(200_000)}\n${'#EXTINF:1 "\n'.repeat(20_000)}a.mp3\n`);
  readPlaylist('x.xspf', `${'<!--'.repeat(200_000)}<playlist><track><title>x</title>`);
  expect(performance.now() - began).toBeLessThan(5000);
});
