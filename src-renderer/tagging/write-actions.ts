import type { z } from 'zod';
import type { writePlansContract } from '../../src-main/library/tagging/plan/contract';
import { api, keyOf, queryClient } from '../api';
import { goTo } from '../router';
import { attempt, count } from '../ui';

export type WriteChoice = z.input<typeof writePlansContract.create.input>['selection'];

/** Begins to find out what a write would change, and shows it; nothing is written. */
export const planWrite = (selection: WriteChoice) =>
  attempt(async () => {
    const { id } = await api.writePlans.create({ selection });
    goTo({ screen: 'write', id });
  });

const refresh = (id: number) => queryClient.invalidateQueries({ queryKey: keyOf(api.writePlans.get, { id }) });

export const cancelPlan = (id: number) =>
  attempt(
    () => api.writePlans.cancel({ id }),
    () => {
      void refresh(id);
      return 'The plan was given up. Nothing was written.';
    },
  );

export const confirmPlan = (id: number) =>
  attempt(
    () => api.writePlans.write({ id }),
    ({ queued }) => {
      void refresh(id);
      return `${count(queued, 'file')} queued to be written.`;
    },
  );
