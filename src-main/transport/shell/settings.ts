import { z } from 'zod';
import { setting } from '../../platform/settings/contract';

export const shellSettings = {
  notify_when_done: setting({
    schema: z.boolean().default(true),
    title: 'Notify when long jobs have ended',
    description: 'Tell by the system when long work has ended while the window is hidden',
    effect: 'Applies from the next end of work on; in the desktop application only.',
  }),
};
