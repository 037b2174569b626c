import { useEffect } from 'react';
import type { JobView } from '../../src-main/jobs/queue/contract';
import { api, keyOf, onEvent, queryClient, useCall, usePages, useRefresh } from '../api';
import { useQueueStore } from './queue-store';

/** Progress, speed and the time that is left; every event brings it whole. */
export function useQueueStatus() {
  useEffect(
    () => onEvent('queue.status', (status) => queryClient.setQueryData(keyOf(api.queue.status, {}), status)),
    [],
  );
  return useCall(api.queue.status, {});
}

const RUNNING = { status: 'running', limit: 50 } as const;

/** The jobs that run now, each kept up to date by its own events. */
export function useRunningJobs() {
  useEffect(
    () =>
      onEvent('job.changed', (change) => {
        queryClient.setQueryData<{ jobs: JobView[] }>(keyOf(api.queue.list, RUNNING), (page) =>
          page === undefined || change.status !== 'running'
            ? page
            : {
                ...page,
                jobs: page.jobs.map((job) =>
                  job.id === change.id
                    ? {
                        ...job,
                        phase: change.phase ?? job.phase,
                        phase_label: change.phase_label ?? job.phase_label,
                        progress: change.progress ?? job.progress,
                      }
                    : job,
                ),
              },
        );
      }),
    [],
  );
  useRefresh(api.queue.list.procedureName, 'job.changed');
  return useCall(api.queue.list, RUNNING);
}

/** The jobs to show now, newest first, page by page. */
export function useJobs() {
  const show = useQueueStore((state) => state.show);
  const status = show === 'all' ? undefined : show;
  return usePages(api.queue.list, { status, pages: true }, async (offset, limit) => {
    const { jobs, total } = await api.queue.list({ status, offset, limit });
    return { items: jobs, total };
  });
}

/** What was asked for lately, every file accounted for. */
export const useBatches = () => useCall(api.queue.batches, { limit: 8 }, { refreshOn: 'job.changed' });

/** One request, and how far it is. */
export const useBatch = (id: number | null) =>
  useCall(api.queue.batch, { batch_id: id ?? 1 }, { refreshOn: 'job.changed', isEnabled: id !== null });

/** What failed of one request. */
export const useFailures = (batchId: number, isEnabled: boolean) =>
  useCall(
    api.queue.batchJobs,
    { batch_id: batchId, status: 'error', limit: 100 },
    { refreshOn: 'job.changed', isEnabled },
  );
