/** Tracks. */
export { createApp } from '../../app';
