import { api, useCall } from '../api';

/** The servers that we talk to, asked for again whenever one is changed or has answered otherwise. */
export const useConnections = () => useCall(api.connections.list, {}, { refreshOn: 'connections.changed' });

/** The kinds of servers there are; they do not change while the application runs. */
export const useKinds = () => useCall(api.connections.kinds, {});
