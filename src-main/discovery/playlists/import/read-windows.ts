import { pathOf } from './location';
import { nameInPath, type SourcePlaylist, sourceTrack, splitName } from './source';
import { attribute, attributesOf, field, plainXml } from './xml';

/** Playlists of Windows Media Player and Zune: SMIL with one `<media src="…">` for each track. */
export function readWpl(text: string): SourcePlaylist[] {
  const smil = plainXml(text);
  const tracks = attributesOf(smil, ['media', 'audio', 'ref']).map((attributes) =>
    entry(attribute(attributes, 'src'), {
      title: attribute(attributes, 'trackTitle'),
      artist: attribute(attributes, 'trackArtist'),
      album: attribute(attributes, 'albumTitle'),
      durationMs: attribute(attributes, 'duration'),
    }),
  );
  return [{ name: field(smil, 'title'), tracks: tracks.filter((track) => track !== undefined) }];
}

/** ASX of Windows Media: an `<entry>` for each track, its address in `<ref href="…">`. */
export function readAsx(text: string): SourcePlaylist[] {
  const [head = '', ...blocks] = plainXml(text).split(/<entry(?=[\s>])/i);
  const tracks = blocks.map((block) => {
    const [ref = ''] = attributesOf(block, ['ref']);
    return entry(attribute(ref, 'href'), { title: field(block, 'title'), artist: field(block, 'author') });
  });
  return [{ name: field(head, 'title'), tracks: tracks.filter((track) => track !== undefined) }];
}

/** B4S of Winamp 3: `<entry Playstring="file:path"><Name>Artist - Title</Name><Length>ms</Length>`. */
export function readB4s(text: string): SourcePlaylist[] {
  const [head = '', ...blocks] = plainXml(text).split(/<entry(?=[\s>])/i);
  const [list = ''] = attributesOf(head, ['playlist']);
  const tracks = blocks.map((block) => {
    const path = attribute(block.slice(0, 8000).split('>', 1)[0], 'Playstring').replace(/^file:(?!\/\/)/i, '');
    return entry(path, { ...splitName(field(block, 'name')), durationMs: field(block, 'length') });
  });
  return [{ name: attribute(list, 'label'), tracks: tracks.filter((track) => track !== undefined) }];
}

interface EntryFields {
  readonly title: string;
  readonly artist: string;
  readonly album?: string;
  readonly durationMs?: string;
}

function entry(location: string, fields: EntryFields) {
  const path = pathOf(location);
  const name = fields.title === '' ? nameInPath(path.replaceAll('\\', '/')) : {};
  return sourceTrack({ ...fields, ...name, path });
}
