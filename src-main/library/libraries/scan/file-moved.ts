/** Notified of a file that is elsewhere now, by its absolute paths; the track where there is one. */
export type FileMoved = (from: string, to: string, file: { libraryId: number; trackId?: number }) => void;

interface Move {
  readonly from: string;
  readonly to: string;
  readonly file: Parameters<FileMoved>[2];
}

/**
 * Notifies of several moves at once. What is kept of a file by its path goes with it, and where files change places
 * not to the other one: that of a file whose old path is another's new one waits aside until the other has its own.
 */
export function notifyMoves(moved: FileMoved, moves: readonly Move[]): void {
  const targets = new Set(moves.map(({ to }) => to));
  const aside = (from: string) => `${from}\0`;
  for (const { from, file } of moves) if (targets.has(from)) moved(from, aside(from), file);
  for (const { from, to, file } of moves) moved(targets.has(from) ? aside(from) : from, to, file);
}
