/** The way to the application: one typed `api` made from the contract, its events, and the hook that asks. */
export { api, isWindow } from './api';
export { CallError } from './call-error';
export { needs, onConfirmationNeeded } from './confirmation';
export { useConnection } from './connection';
export { tryToConnect } from './event-stream';
export { onEvent, startEvents, stopEvents } from './events';
export { saveFile } from './save-file';
export { onUnauthorized } from './unauthorized';
export { keyOf, queryClient, useCall, useRefresh } from './use-call';
export { usePages } from './use-pages';
