import type { MappingProposal } from '../../src-main/servers/arr/lidarr/contract';
import type { Connection } from '../../src-main/servers/connections/contract';
import { api, keyOf, queryClient, saveFile } from '../api';
import { attempt, count } from '../ui';

const refreshState = () => queryClient.invalidateQueries({ queryKey: keyOf(api.lidarr.state) });
const refreshMappings = () => queryClient.invalidateQueries({ queryKey: keyOf(api.pathMappings.list) });
const refreshEvents = () => queryClient.invalidateQueries({ queryKey: keyOf(api.inbound.list) });

export const installWebhook = (id: number, url: string) =>
  attempt(
    () => api.lidarr.install({ id, url }),
    () => {
      void refreshState();
      return 'Lidarr calls Tonearm from now on; it has tried it out.';
    },
  );

export const uninstallWebhook = (id: number) =>
  attempt(
    () => api.lidarr.uninstall({ id }),
    ({ removed }) => {
      void refreshState();
      return removed ? 'The webhook is gone from Lidarr.' : 'Lidarr had no webhook of Tonearm.';
    },
  );

export const disconnectLidarr = ({ id, name }: Connection, removeWebhook: boolean) =>
  attempt(
    () => api.lidarr.disconnect({ id, removeWebhook }),
    ({ message }) => {
      void queryClient.invalidateQueries({ queryKey: keyOf(api.connections.list) });
      return message ?? `${name} is forgotten.`;
    },
  );

export const catchUp = (id: number) =>
  attempt(
    () => api.lidarr.catchUp({ id }),
    ({ events }) => {
      void refreshEvents();
      return events === 0 ? 'Nothing had been missed.' : `${count(events, 'event')} had been missed.`;
    },
  );

export const addMapping = (connectionId: number, remotePrefix: string, localPrefix: string) =>
  attempt(
    () => api.pathMappings.add({ connectionId, remotePrefix, localPrefix }),
    (added) => {
      void refreshMappings();
      return `${added.remotePrefix} is ${added.localPrefix} here.`;
    },
  );

export const confirmProposal = (connectionId: number, { remotePrefix, localPrefix, samplesOk }: MappingProposal) =>
  attempt(
    () => api.pathMappings.add({ connectionId, remotePrefix, localPrefix, samplesOk, source: 'inferred' }),
    () => {
      void refreshMappings();
      return `${remotePrefix} is ${localPrefix} here.`;
    },
  );

export const removeMapping = (id: number) =>
  attempt(
    () => api.pathMappings.remove({ id }),
    () => {
      void refreshMappings();
      return 'The path mapping is forgotten.';
    },
  );

export const replayEvent = (id: number) =>
  attempt(
    () => api.inbound.replay({ id }),
    () => {
      void refreshEvents();
      return 'It is done once more.';
    },
  );

export const saveScript = (name: string, text: string) =>
  attempt(
    () => saveFile(name, text),
    (isSaved) => (isSaved ? `${name} was saved.` : undefined),
  );
