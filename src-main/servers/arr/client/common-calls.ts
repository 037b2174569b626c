import { z } from 'zod';
import { providerFailure } from '../../connections';
import type { ArrClient } from './arr-client';

const Status = z.looseObject({
  appName: z.string().nullish(),
  instanceName: z.string().nullish(),
  version: z.string().nullish(),
  isDocker: z.boolean().nullish(),
});
const RootFolder = z.looseObject({ path: z.string() });
const Field = z.looseObject({ name: z.string(), value: z.unknown().optional() });
const Notification = z.looseObject({
  id: z.number().optional(),
  name: z.string().nullish(),
  implementation: z.string(),
  fields: z.array(Field).default([]),
});
/** A connection of the Arr to another program, as it calls it: among them the webhooks. */
export type ArrNotification = z.output<typeof Notification>;

/** The calls that every Arr answers alike. */
export function createCommonCalls({ title, url, ask, change }: ArrClient) {
  const status = () => ask(Status, { path: '/system/status' });
  return {
    status,
    /** Its status. Throws `provider_failed` when another product answers. */
    async identify() {
      const found = await status();
      if (found.appName && found.appName.toLowerCase() !== title.toLowerCase())
        throw providerFailure('not_this_product', `${url} is not ${title} but ${found.appName}.`);
      return found;
    },
    rootFolders: () => ask(z.array(RootFolder), { path: '/rootfolder' }),
    /** Blank notifications, one of each kind that this Arr can have. */
    notificationSchema: () => ask(z.array(Notification), { path: '/notification/schema' }),
    notifications: () => ask(z.array(Notification), { path: '/notification' }),
    /** Has the Arr send a Test event to the address in it, and fails when that does not arrive. */
    testNotification: (notification: ArrNotification) =>
      change(z.unknown(), { method: 'POST', path: '/notification/test', json: notification }),
    createNotification: (notification: ArrNotification) =>
      change(Notification, { method: 'POST', path: '/notification', json: notification }),
    updateNotification: (notification: ArrNotification) =>
      change(z.unknown(), { method: 'PUT', path: `/notification/${notification.id}`, json: notification }),
    deleteNotification: (id: number) => change(z.unknown(), { method: 'DELETE', path: `/notification/${id}` }),
  };
}
