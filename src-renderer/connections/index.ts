/** Connections: the other servers that Tonearm talks to, of whichever kind. What a kind has of its own, it adds. */
export { default as connectionStyles } from './Connections.module.css';
export { connections } from './feature';
export { kindParts, type RemovalProps } from './kind-parts';
export { useConnections } from './use-connections';
export { Warnings } from './Warnings';
