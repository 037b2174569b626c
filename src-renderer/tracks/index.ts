/** Tracks: the list of them, and each with its scores, tags and history. */
export { tracks } from './feature';
export { TIER_WORDS } from './score-words';
export { libraryGate, soundPanels, type TrackPanelProps, tagPanels } from './slots';
export { useFoundTracks, useTrack } from './use-tracks';
