import type { TrackRepository } from '../../../library/tracks';
import type { Database, Reader } from '../../../platform/database';
import type { Caller, HandlersOf } from '../../../rpc';
import { AppError } from '../../../rpc';
import { m3uFileName, m3uOf } from '../files';
import type { ImportPreview, ImportSource, playlistImportContract } from './contract';
import { type Encoding, REGIONAL_ENCODINGS } from './encodings';
import type { createImportQueries, MatchedSource } from './queries';
import type { ReadPlaylists } from './read-playlist';
import { createMatchMemory } from './remembered-matches';
import type { SourcePlaylist } from './source';
import { unmatchedCsv } from './unmatched-csv';

export interface PlaylistImportDeps {
  readonly db: Database;
  readonly reader: Reader<ReturnType<typeof createImportQueries>>;
  readonly tracks: TrackRepository;
  /** As `readPlaylist`; what people upload is not read here. */
  readonly readPlaylist: (name: string, content: string | Uint8Array, encoding?: Encoding) => Promise<ReadPlaylists>;
  /** Keeps tracks as a static playlist of ours. */
  readonly savePlaylist: (name: string, trackIds: readonly number[]) => { readonly id: number };
  readonly now?: () => Date;
}

/** So many tracks of a file are looked for to find out its encoding. */
const WITNESSES = 100;
/** So many tracks are matched before another question gets its turn. */
const AT_ONCE = 200;

/** Answers imports of playlists from elsewhere. */
export function playlistImportHandlers(deps: PlaylistImportDeps): HandlersOf<typeof playlistImportContract> {
  const { db, reader, tracks, now = () => new Date() } = deps;
  const memory = createMatchMemory(db, now);

  async function matchAll({ tracks: sources }: SourcePlaylist, caller: Caller): Promise<MatchedSource[]> {
    const matches: MatchedSource[] = [];
    for (let from = 0; from < sources.length; from += AT_ONCE)
      matches.push(
        ...(await reader.read('playlistImport.match', { sources: sources.slice(from, from + AT_ONCE) }, caller)),
      );
    return matches;
  }

  /** How many tracks are found at once among the first of a file. */
  async function witnesses({ playlists }: ReadPlaylists, caller: Caller): Promise<number> {
    const sources = playlists.flatMap(({ tracks }) => tracks).slice(0, WITNESSES);
    const matches = await reader.read('playlistImport.match', { sources }, caller);
    return matches.filter(({ match }) => match.kind !== 'unmatched').length;
  }

  /** Where the bytes do not tell their encoding, the library does: by the right one the most of its names are read. */
  async function bestReading(
    name: string,
    content: string | Uint8Array,
    asked: Encoding | undefined,
    caller: Caller,
  ): Promise<ReadPlaylists> {
    const first = await deps.readPlaylist(name, content, asked);
    if (!first.isGuessed) return first;
    let best = { read: first, found: await witnesses(first, caller) };
    for (const encoding of REGIONAL_ENCODINGS) {
      const read = encoding === first.encoding ? undefined : await readable(name, content, encoding);
      const found = read ? await witnesses(read, caller) : 0;
      if (read && found > best.found) best = { read, found };
    }
    return { ...best.read, isGuessed: true };
  }

  /** Undefined where the bytes are no text in this encoding. */
  async function readable(name: string, content: string | Uint8Array, encoding: Encoding) {
    try {
      return await deps.readPlaylist(name, content, encoding);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return undefined;
    }
  }

  return {
    async preview({ name, content, contentBase64, encoding: asked, index }, caller) {
      const read = await bestReading(name, given(content, contentBase64), asked, caller);
      const { format, playlists, encoding, isGuessed: isEncodingGuessed } = read;
      const playlist = playlists[index];
      if (!playlist)
        throw new AppError('not_found', `There are ${playlists.length} playlists in ${name}, and no number ${index}.`);
      const all = playlists.map(({ name, tracks }) => ({ name, tracks: tracks.length }));
      const file = { name: playlist.name, format, encoding, isEncodingGuessed, playlists: all };
      return { ...file, ...sorted(playlist, await matchAll(playlist, caller)) };
    },
    match({ trackId, ...source }) {
      if (trackId === null) memory.forget(source);
      else memory.remember(source, tracks.get(trackId).id);
      return { remembered: trackId !== null };
    },
    save({ name, trackIds, as }) {
      const known = trackIds.map(tracks.get);
      const playlistId = as === 'playlist' ? deps.savePlaylist(name, trackIds).id : null;
      return { playlistId, fileName: m3uFileName(name), content: m3uOf(name, known) };
    },
  };
}

function given(content: string | undefined, base64: string | undefined): string | Uint8Array {
  if (content !== undefined && base64 === undefined) return content;
  if (base64 !== undefined && content === undefined) return new Uint8Array(Buffer.from(base64, 'base64'));
  throw new AppError('invalid_input', 'Give the file either as content, its text, or as contentBase64, its bytes.');
}

type Lists = Pick<ImportPreview, 'total' | 'matched' | 'ambiguous' | 'unmatched' | 'unmatchedCsv'>;

function sorted({ tracks: sources }: SourcePlaylist, matches: readonly MatchedSource[]): Lists {
  const lists: Pick<Lists, 'matched' | 'ambiguous' | 'unmatched'> = { matched: [], ambiguous: [], unmatched: [] };
  for (const [at, { match, tracks }] of matches.entries()) {
    const source: ImportSource = { ...sources[at], position: at + 1 };
    if (match.kind === 'matched') {
      lists.matched.push({ source, track: tracks[0], method: match.method, confidence: match.confidence });
    } else if (match.kind === 'ambiguous') {
      const candidates = match.candidates.map(({ confidence }, index) => ({ track: tracks[index], confidence }));
      lists.ambiguous.push({ source, candidates });
    } else lists.unmatched.push(source);
  }
  return {
    total: sources.length,
    ...lists,
    unmatchedCsv: unmatchedCsv(lists.unmatched.map((source) => ({ ...source }))),
  };
}
