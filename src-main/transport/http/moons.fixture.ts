import { z } from 'zod';
import { setting } from '../../platform/settings/contract';
import { AppError, errorFamily, Id, inFamily, procedure, routesOf } from '../../rpc';

/** A made-up domain, as a folder of its own would hold it: errors, settings, events, contract and handlers. */
export const moonErrors = errorFamily({
  name: 'moons',
  statuses: { invalid_input: 422 },
  body: z.object({ eclipse: z.string(), because: z.string() }).meta({ id: 'MoonError' }),
  bodyOf: ({ code, message }) => ({ eclipse: code, because: message }),
});

export const moonSettings = {
  moon_phase: setting({
    schema: z.enum(['new', 'full']).default('new'),
    title: 'Phase of the moon',
    description: 'How much of it is lit',
    effect: 'Applies from tonight on.',
  }),
};

export const moonEvents = { 'moon.risen': z.object({ name: z.string() }) };

const moonsContract = inFamily('moons', {
  remove: procedure({
    http: 'DELETE /api/v1/moons/:id',
    access: 'full',
    summary: 'Removes a moon',
    input: z.object({ id: Id }),
    output: z.void(),
    status: 204,
  }),
  add: procedure({
    http: 'POST /api/v1/moons',
    access: 'full',
    summary: 'Adds a moon',
    input: z.object({ name: z.string().min(1) }),
    output: z.object({ name: z.string() }),
    status: 201,
  }),
});

const moonsHandlers = {
  remove: ({ id }: { id: number }) => {
    if (id !== 7) throw new AppError('conflict', 'This moon is full.');
  },
  add: ({ name }: { name: string }) => ({ name }),
};

export const moonRoutes = routesOf('moons', moonsContract, moonsHandlers, () => {});
