/** CLI. */
export { start } from '../../headless';
