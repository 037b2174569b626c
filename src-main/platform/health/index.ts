/** Health: what does not work at the moment, and what is running here. Owns no table. */
export { healthContract } from './contract';
export { createHealth, type Health, healthHandlers, type Info } from './health';
