import { create } from 'zustand';
import type {
  ImportPreview,
  ImportSource,
  PlaylistEncoding,
} from '../../../src-main/discovery/playlists/import/contract';
import type { Track } from '../../../src-main/library/tracks/contract';
import { api, saveFile } from '../../api';
import { attempt, count, tellFailed } from '../../ui';

interface ImportState {
  readonly file: { readonly name: string; readonly contentBase64: string } | undefined;
  readonly preview: ImportPreview | undefined;
  /** In which the person said that the file is; else it is found out. */
  readonly encoding: PlaylistEncoding | undefined;
  readonly isReading: boolean;
  /** The track that the person chose for a line, by its position. */
  readonly chosen: Readonly<Record<number, Track>>;
  /** What the playlist is to be called. */
  readonly name: string;
}
const NOTHING: ImportState = {
  ...{ file: undefined, preview: undefined, encoding: undefined },
  ...{ isReading: false, chosen: {}, name: '' },
};

/** The import that the person is at; kept while they look at a track. */
export const useImportStore = create<ImportState>()(() => NOTHING);

export const startOver = () => useImportStore.setState(NOTHING);
export const nameIt = (name: string) => useImportStore.setState({ name });

const MAX_BYTES = 8 * 1024 * 1024;

/** Reads a file that was chosen, and asks what its tracks are here. */
export async function openFile(file: File): Promise<void> {
  if (file.size > MAX_BYTES) {
    tellFailed(new Error(`${file.name} is larger than a playlist may be, 8 MB.`));
    return;
  }
  await preview(async () => ({ name: file.name, contentBase64: await base64Of(file) }), {});
}

/** Looks at another playlist of the same file. */
export async function openAt(index: number): Promise<void> {
  const { file, encoding } = useImportStore.getState();
  if (file) await preview(async () => file, { index, encoding });
}

/** Reads the file in another encoding than the one that was guessed. */
export async function readIn(encoding: PlaylistEncoding): Promise<void> {
  const { file } = useImportStore.getState();
  if (file) await preview(async () => file, { encoding });
}

interface HowToRead {
  readonly index?: number;
  readonly encoding?: PlaylistEncoding;
}

async function preview(
  read: () => Promise<NonNullable<ImportState['file']>>,
  { index = 0, encoding }: HowToRead,
): Promise<void> {
  useImportStore.setState({ isReading: true });
  await attempt(async () => {
    const file = await read();
    const preview = await api.playlistImport.preview({ ...file, index, encoding });
    useImportStore.setState({ file, preview, encoding, chosen: {}, name: preview.name });
  });
  useImportStore.setState({ isReading: false });
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Takes a track for a line, and remembers it for later imports. */
export async function choose({ position, title, artist, isrc }: ImportSource, track: Track): Promise<void> {
  useImportStore.setState(({ chosen }) => ({ chosen: { ...chosen, [position]: track } }));
  if (title !== '') await attempt(() => api.playlistImport.match({ title, artist, isrc, trackId: track.id }));
}

/** Takes a choice back, and forgets it. */
export async function unchoose({ position, title, artist, isrc }: ImportSource): Promise<void> {
  useImportStore.setState(({ chosen }) => {
    const { [position]: _, ...rest } = chosen;
    return { chosen: rest };
  });
  if (title !== '') await attempt(() => api.playlistImport.match({ title, artist, isrc, trackId: null }));
}

/** What will be in the playlist, in the order of the file. */
export function tracksToKeep(preview: ImportPreview, chosen: ImportState['chosen']): Track[] {
  const found = preview.matched.map(({ source, track }) => [source.position, track] as const);
  const decided = Object.entries(chosen).map(([position, track]) => [Number(position), track] as const);
  const byPosition = new Map([...found, ...decided]);
  return [...byPosition].sort(([a], [b]) => a - b).map(([, track]) => track);
}

const kept = () => {
  const { preview, chosen, name } = useImportStore.getState();
  const trackIds = preview ? tracksToKeep(preview, chosen).map(({ id }) => id) : [];
  return { name: name.trim() || 'Imported playlist', trackIds };
};

export const saveAsPlaylist = () =>
  attempt(
    async () => {
      const { name, trackIds } = kept();
      await api.playlistImport.save({ name, trackIds });
      return { name, tracks: trackIds.length };
    },
    ({ name, tracks }) => `${name} was saved with ${count(tracks, 'track')}.`,
  );

export const saveAsM3u = () =>
  attempt(
    async () => {
      const { fileName, content } = await api.playlistImport.save({ ...kept(), as: 'm3u' });
      return (await saveFile(fileName, content, 'audio/x-mpegurl')) ? fileName : undefined;
    },
    (fileName) => fileName && `${fileName} was saved. Its paths are relative to the folder of the library.`,
  );

export const saveUnmatched = ({ name, unmatchedCsv }: ImportPreview) =>
  attempt(
    () => saveFile(`${name.replace(/[\\/:*?"<>|]+/g, ' ')} – not found.csv`, unmatchedCsv, 'text/csv'),
    (isSaved) => (isSaved ? 'The list of what was not found was saved.' : undefined),
  );
