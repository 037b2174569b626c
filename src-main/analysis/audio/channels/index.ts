/** Channels: where each channel of a signal is played, and the same signal for other speakers. */
export { type ChannelLayout, defaultLayout, layoutOfMask, type Speaker } from './layout';
export { mixFor } from './mix';
