/** IPC: the door of the desktop window. Checks who calls, hands the call to its route, and relays events. */
export { isOurPage, openIpcDoor } from './door';
export { relayEvents } from './event-relay';
