import type { ScheduledTask } from '../scheduler';
import type { Auth } from './auth';

const DAY_MS = 86_400_000;

export const sessionCleanUpTask = ({ sessions }: Pick<Auth, 'sessions'>): ScheduledTask => ({
  name: 'auth.clean-up',
  label: 'Remove sessions that are over',
  schedule: { everyMs: DAY_MS },
  missed: 'run',
  run: () => sessions.removeEnded(),
});
