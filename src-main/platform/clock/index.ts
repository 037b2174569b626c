/** Clocks: the time and alarms, handed in everywhere so that tests can turn them. Owns no tables. */
export { type AlarmClock, type Clock, steadyClock, systemClock, wallClock, within } from './clock';
