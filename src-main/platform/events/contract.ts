import type { z } from 'zod';

/** Events by name, each with the schema of what it carries; every domain declares its own. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>;

/** What the events of these schemas carry, by name. */
export type EventsOf<S extends EventSchemas> = { [N in keyof S]: z.output<S[N]> };
