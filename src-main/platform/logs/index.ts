/** Logs: one file of JSON lines that rolls over, without secrets. Owns the folder `logs`. */
export { type Log, logTo, openLog, silentLog } from './logs';
