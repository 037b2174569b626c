import { create } from 'zustand';

interface Connection {
  /** Milliseconds since 1970; null while the application answers. */
  readonly lostSince: number | null;
}

/** Whether the application can be reached. What is on the screen is as old as the loss. */
export const useConnection = create<Connection>()(() => ({ lostSince: null }));

export function connectionLost(): void {
  if (useConnection.getState().lostSince === null) useConnection.setState({ lostSince: Date.now() });
}

export const connectionFound = (): void => useConnection.setState({ lostSince: null });
