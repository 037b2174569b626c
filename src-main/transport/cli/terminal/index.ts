/** The terminal: output, prompts, progress, exit codes, and the connection to a running application. */
export type { Api } from './api';
export { type Action, type AddCommands, ask, type Cli, collect } from './cli';
export { EXIT, exitCodeOf } from './exit-codes';
export { onInterrupt } from './interrupt';
export { connect, type LibraryAccess, type LocalApp } from './library-access';
export { noteWithoutModels } from './note-without-models';
export { openInBrowser } from './open-in-browser';
export { COMMAND, createOutput, type Output, table } from './output';
export { createBatchBar, reconcile, totalOf } from './progress';
export { askSecret, confirm } from './prompt';
export { findRunning } from './remote';
export { createRestart, startAgain } from './restart';
export { remarkOn, scanNow } from './scan';
export { watchOutput } from './standard-output';
export { toPort } from './to-port';
