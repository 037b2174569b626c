import { create } from 'zustand';
import type { Sequence } from '../../src-main/discovery/similarity/contract';
import type { Track } from '../../src-main/library/tracks/contract';
import { api, saveFile } from '../api';
import { attempt } from '../ui';

export type Kind = 'mix' | 'path';

/** Text as it stands in the fields; empty for what does not matter. */
export interface Wishes {
  readonly length: string;
  readonly diversity: string;
  readonly maxPerArtist: string;
  readonly steps: string;
  readonly mood: string;
  readonly genre: string;
  readonly bpmMin: string;
  readonly bpmMax: string;
}
type Filters = Parameters<typeof api.similarity.mix>[0]['filters'];
type Asked =
  | { readonly kind: 'mix'; readonly wish: Parameters<typeof api.similarity.mix>[0] }
  | { readonly kind: 'path'; readonly wish: Parameters<typeof api.similarity.path>[0] };

interface MixState {
  readonly kind: Kind;
  readonly seeds: readonly Track[];
  readonly wishes: Wishes;
  /** What the list shows: the wishes as they were when the button was pressed. */
  readonly asked: Asked | undefined;
}
const MAX_SEEDS = 25;

/** What the person is mixing; kept while they look at a track. */
export const useMixStore = create<MixState>()(() => ({
  kind: 'mix',
  seeds: [],
  wishes: {
    length: '30',
    diversity: '0.3',
    maxPerArtist: '3',
    steps: '8',
    mood: '',
    genre: '',
    bpmMin: '',
    bpmMax: '',
  },
  asked: undefined,
}));

export const chooseKind = (kind: Kind) =>
  useMixStore.setState(({ seeds }) => ({ kind, seeds: kind === 'path' ? seeds.slice(0, 2) : seeds }));

export const wish = (changes: Partial<Wishes>) =>
  useMixStore.setState(({ wishes }) => ({ wishes: { ...wishes, ...changes } }));

export const addSeed = (track: Track) =>
  useMixStore.setState(({ seeds, kind }) =>
    seeds.some(({ id }) => id === track.id) || seeds.length >= maxSeeds(kind) ? {} : { seeds: [...seeds, track] },
  );
export const maxSeeds = (kind: Kind): number => (kind === 'path' ? 2 : MAX_SEEDS);

export const removeSeed = (id: number) =>
  useMixStore.setState(({ seeds }) => ({ seeds: seeds.filter((seed) => seed.id !== id) }));

export const beginMixWith = (track: Track) => useMixStore.setState({ kind: 'mix', seeds: [track], asked: undefined });

/** Asks for what the fields say now. */
export function make(): void {
  const { kind, seeds, wishes } = useMixStore.getState();
  const filters = filtersOf(wishes);
  const ids = seeds.map(({ id }) => id);
  const asked: Asked =
    kind === 'path'
      ? { kind, wish: { from: ids[0], to: ids[1], steps: wishes.steps, filters } }
      : { kind, wish: { seeds: ids, ...mixing(wishes), filters } };
  useMixStore.setState({ asked });
}

const mixing = ({ length, diversity, maxPerArtist }: Wishes) => ({ limit: length, diversity, maxPerArtist });

function filtersOf({ mood, genre, bpmMin, bpmMax }: Wishes): Filters {
  const given = Object.entries({ mood, genre, bpmMin, bpmMax }).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(given);
}

/** A name for what was made, from what it was made of. */
export function nameOf({ items }: Sequence, kind: Kind): string {
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) return 'Mix';
  return kind === 'path' ? `From ${first.track.title} to ${last.track.title}` : `Around ${first.track.title}`;
}

export const exportSequence = (sequence: Sequence, kind: Kind) =>
  attempt(
    async () => {
      const trackIds = sequence.items.map(({ track }) => track.id);
      const { fileName, content } = await api.similarity.export({ name: nameOf(sequence, kind), trackIds });
      return (await saveFile(fileName, content, 'audio/x-mpegurl')) ? fileName : undefined;
    },
    (fileName) => fileName && `${fileName} was saved. Its paths are relative to the folder of the library.`,
  );

export const keepSequence = (sequence: Sequence, kind: Kind) =>
  attempt(
    async () => {
      const name = nameOf(sequence, kind);
      await api.playlistImport.save({ name, trackIds: sequence.items.map(({ track }) => track.id) });
      return name;
    },
    (name) => `${name} was saved as a playlist.`,
  );
