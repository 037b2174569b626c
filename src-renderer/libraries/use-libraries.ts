import { useEffect } from 'react';
import { create } from 'zustand';
import type { Events } from '../../src-main/app/contract';
import { api, onEvent, useCall } from '../api';

/** The library folders, asked for again whenever one is added, changed or scanned. */
export const useLibraries = () => useCall(api.libraries.list, {}, { refreshOn: 'libraries.changed' });

type ScanProgress = Events['scan.progress'];
const useScans = create<Record<number, ScanProgress>>()(() => ({}));

/** How far the running scan of a library is; undefined before its first word. */
export function useScanProgress(libraryId: number): ScanProgress | undefined {
  useEffect(() => onEvent('scan.progress', (progress) => useScans.setState({ [progress.libraryId]: progress })), []);
  return useScans((scans) => scans[libraryId]);
}
