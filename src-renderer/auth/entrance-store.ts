import { create } from 'zustand';
import { api, CallError, needs, onUnauthorized, queryClient } from '../api';
import { tellFailed } from '../ui';
import { showPasskey } from './passkeys';

interface EntranceState {
  state: 'asking' | 'inside' | 'login' | 'no-password' | 'unreachable';
  error: Error | undefined;
  /** The password was right, and a code is asked for beside it. */
  needsCode: boolean;
  enter(): Promise<void>;
}

/** Whether this browser is let in. */
export const useEntrance = create<EntranceState>()((set) => ({
  state: 'asking',
  error: undefined,
  needsCode: false,
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

/** @param code empty for none yet */
export const login = (password: string, code: string) =>
  comeIn(() => api.auth.login({ password, code: code || undefined }), code === '');

export const loginByPasskey = () =>
  comeIn(async () => {
    const { options } = await api.auth.passkeyOptions({});
    return api.auth.passkeyLogin({ response: await showPasskey(options) });
  });

/** @param isFirst that a code is asked for is no failure then */
async function comeIn(way: () => Promise<unknown>, isFirst = false): Promise<void> {
  try {
    await way();
    useEntrance.setState({ state: 'inside', error: undefined, needsCode: false });
  } catch (thrown) {
    const needsCode = needs(thrown, 'code');
    useEntrance.setState({ needsCode, error: undefined });
    if (!needsCode || !isFirst) tellFailed(thrown);
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
  useEntrance.setState({ state: 'login', error, needsCode: false });
}

// A session that ended is noticed by whichever question is asked next.
onUnauthorized(() => {
  if (useEntrance.getState().state !== 'inside') return;
  leave(new CallError({ code: 'unauthorized', message: 'The session has ended. Please log in again.', details: [] }));
});
