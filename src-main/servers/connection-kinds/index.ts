/**
 * Connection kinds: what a kind of server registers, what it is given, and the registry that its capabilities are found
 * in. Knows no single one; each lives in a folder of its own and is listed in `app/connection-kinds.ts`. Owns no tables.
 */
export { defineKind, type KindServices } from './kind-definition';
export { createKindRegistry, type KindDefinitions } from './kind-registry';
