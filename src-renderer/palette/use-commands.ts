import { actions, allEntries, type Command, type CommandGroup, goTo, searches } from '../router';
import { useDebounced } from '../ui';

const TYPING_PAUSE_MS = 120;

/**
 * What the words lead to: screens and actions by their names, other things by a search. Groups with nothing are left
 * out. What features add is set before anything is drawn, so that their hooks run in the same order each time.
 */
export function useCommands(text: string): CommandGroup[] {
  const query = useDebounced(text, TYPING_PAUSE_MS);
  const known = actions.items().flatMap((nowPossible) => nowPossible());
  const found = searches.items().map((search) => search(query));
  const groups = [
    { title: 'Screens', commands: named(text, screenCommands()) },
    { title: 'Actions', commands: named(text, known) },
    ...(query === text ? found : []),
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

const screenCommands = (): Command[] =>
  allEntries().map(({ title, icon, location }) => ({ id: location.screen, title, icon, run: () => goTo(location) }));

/** Those whose name has every word, in any order. */
function named(text: string, commands: readonly Command[]): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
}
