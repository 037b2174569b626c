/** What tells how it goes: states, progress, loading, failures and notices. */
export { Badge, type Tone } from './Badge';
export { Banner } from './Banner';
export { copyText } from './copy-text';
export { Empty, Failed, Loaded } from './Loaded';
export { attempt, Notices, tellDone, tellFailed, tellUndoable } from './notices';
export { Progress } from './Progress';
export { QrCode } from './QrCode';
export { useFocusKeeper } from './use-focus-keeper';
