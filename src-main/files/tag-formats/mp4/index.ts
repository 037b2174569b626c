/** MP4: iTunes atoms, with the chunk offsets that move when they grow. */
export { readMp4 } from './mp4';
export { type BoxPlace, boxAt, boxesIn, childrenOf } from './mp4-places';
