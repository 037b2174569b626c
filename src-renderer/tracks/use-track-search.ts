import { type Command, type CommandGroup, goTo } from '../router';
import { useFoundTracks } from './use-tracks';

/** The tracks with these words, as the palette offers them. */
export function useTrackSearch(text: string): CommandGroup {
  const found = useFoundTracks(text);
  // Those of other words would be chosen by whoever types fast.
  const tracks = text.trim() === '' || found.isPlaceholderData ? [] : (found.data?.items ?? []);
  const commands = tracks.map(({ id, title, artist }): Command => {
    const name = artist ? `${title}, ${artist}` : title;
    return { id: `track-${id}`, title: name, icon: 'wave', run: () => goTo({ screen: 'track', id }) };
  });
  return { title: 'Tracks', commands };
}
