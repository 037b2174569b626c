/** The passes of the optimiser: each changes a graph in place so that it does less for the same answer. */
export { deadChannels } from './dead-channels';
export { exportedProduct } from './exported-product';
export { joinBranches } from './join-branches';
export { poolFirst } from './pool-first';
export { wideKernel } from './wide-kernel';
