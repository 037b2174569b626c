/** IPC: the calls of the desktop window. Checks who calls, hands the call to its route, and relays events. */

export { relayEvents } from './event-relay';
export { isOurPage, openIpcListener } from './ipc-listener';
