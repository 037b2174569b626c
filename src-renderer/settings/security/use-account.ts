import { api, keyOf, queryClient, useCall } from '../../api';

export const useAccount = () => useCall(api.auth.account, {});
export const refreshAccount = () => queryClient.invalidateQueries({ queryKey: keyOf(api.auth.account) });

export const useSessions = () => useCall(api.auth.listSessions, {});
export const refreshSessions = () => queryClient.invalidateQueries({ queryKey: keyOf(api.auth.listSessions) });

export const useKeys = () => useCall(api.auth.listKeys, {});
export const refreshKeys = () => queryClient.invalidateQueries({ queryKey: keyOf(api.auth.listKeys) });
