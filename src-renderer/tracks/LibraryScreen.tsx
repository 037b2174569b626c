import { createElement, type ReactNode } from 'react';
import { LibraryPage } from './LibraryPage';
import { libraryGate } from './slots';

/** The library, behind what may take its place. */
export function LibraryScreen(): ReactNode {
  return libraryGate
    .items()
    .reduceRight<ReactNode>((children, Gate) => createElement(Gate, { children }), <LibraryPage />);
}
