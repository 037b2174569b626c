import type { Command } from '../router';
import { scanLibrary } from './library-actions';
import { useLibraries } from './use-libraries';

/** A scan of each library, for the palette. */
export function useScans(): readonly Command[] {
  const { data = [] } = useLibraries();
  return data.map((library) => ({
    id: `scan-${library.id}`,
    title: `Scan ${library.name}`,
    icon: 'refresh',
    run: () => void scanLibrary(library),
  }));
}
