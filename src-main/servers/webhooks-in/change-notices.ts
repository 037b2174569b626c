import { type AlarmClock, wallClock } from '../../platform/clock';
import type { EventBus } from '../../platform/events';
import type { InboundEvents } from './contract';

const EVERY_MS = 500;

/** Announces connections whose events changed, each at most twice a second. */
export function createChangeNotices(events: Pick<EventBus<InboundEvents>, 'emit'>, clock: AlarmClock = wallClock) {
  const pendingNotifications = new Set<number>();
  let unsetAlarm = () => {};

  function flush(): void {
    for (const connectionId of pendingNotifications) events.emit('inbound.changed', { connectionId });
    pendingNotifications.clear();
  }

  return {
    changed(connectionId: number): void {
      if (pendingNotifications.size === 0) unsetAlarm = clock.after(EVERY_MS, flush);
      pendingNotifications.add(connectionId);
    },
    stop: (): void => unsetAlarm(),
  };
}
