import { create } from 'zustand';
import { api, CallError, onUnauthorized, queryClient } from '../api';
import { tellFailed } from '../ui';

interface EntranceState {
  state: 'asking' | 'inside' | 'login' | 'no-password' | 'unreachable';
  error: Error | undefined;
  enter(): Promise<void>;
}

/** Whether this browser is let in. */
export const useEntrance = create<EntranceState>()((set) => ({
  state: 'asking',
  error: undefined,
  async enter() {
    try {
      await redeemLink();
    } catch (thrown) {
      set({ error: thrown as Error });
    }
    try {
      const { isLoggedIn, hasPassword } = await api.auth.state({});
      set({ state: isLoggedIn ? 'inside' : hasPassword ? 'login' : 'no-password' });
    } catch (thrown) {
      set({ state: 'unreachable', error: thrown as Error });
    }
  },
}));

/** A login link carries its ticket behind `#`, which no server and no log ever sees; it works once. */
async function redeemLink(): Promise<void> {
  const ticket = /^#login=([^&]+)$/.exec(window.location.hash)?.[1];
  if (!ticket) return;
  window.history.replaceState(null, '', window.location.pathname);
  await api.auth.redeem({ ticket: decodeURIComponent(ticket) });
}

export async function login(password: string): Promise<void> {
  try {
    await api.auth.login({ password });
    useEntrance.setState({ state: 'inside', error: undefined });
  } catch (thrown) {
    useEntrance.setState({ error: thrown as Error });
  }
}

/** A session that ended meanwhile is no failure; one that could not be ended is still there, and that is said. */
export async function logout(): Promise<void> {
  try {
    await api.auth.logout({});
    leave(undefined);
  } catch (thrown) {
    if (!(thrown instanceof CallError && thrown.code === 'unauthorized')) tellFailed(thrown);
  }
}

function leave(error: Error | undefined): void {
  queryClient.clear();
  useEntrance.setState({ state: 'login', error });
}

// A session that ended is noticed by whichever question is asked next.
onUnauthorized(() => {
  if (useEntrance.getState().state !== 'inside') return;
  leave(new CallError({ code: 'unauthorized', message: 'The session has ended. Please log in again.', details: [] }));
});
