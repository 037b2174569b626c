import { z } from 'zod';
import type { EventsOf } from '../events/contract';

export const clockEvents = {
  /** The machine was asleep and is awake again. */
  'system.resumed': z.object({}),
};
export type ClockEvents = EventsOf<typeof clockEvents>;
