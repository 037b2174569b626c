import { useEffect } from 'react';
import type { PlannedFile, WritePlan } from '../../src-main/library/tagging/plan/contract';
import { api, keyOf, onEvent, queryClient, useCall } from '../api';

/** A plan, how far it is made, and what it says. */
export function useWritePlan(id: number) {
  useEffect(
    () =>
      onEvent('plan.changed', (change) => {
        if (change.id !== id) return;
        const key = keyOf(api.writePlans.get, { id });
        queryClient.setQueryData<WritePlan>(key, (plan) => plan && { ...plan, lookedAt: change.lookedAt });
      }),
    [id],
  );
  return useCall(api.writePlans.get, { id }, { refreshOn: ['plan.changed', 'tracks.changed'] });
}

const SHOWN = 100;

/** The first files of a plan with this verdict. */
export function usePlannedFiles(id: number, verdict: string, isEnabled: boolean): readonly PlannedFile[] | undefined {
  return useCall(api.writePlans.files, { id, verdict, limit: SHOWN }, { isEnabled }).data?.items;
}
