import { z } from 'zod';
import { AppError, type Outcome, toFailure } from './errors';
import type { Contract, Procedure } from './procedure';

/** Who asks, and whether they still wait for the answer. */
export interface Caller {
  readonly transport: 'window' | 'http' | 'cli';
  /** The client's address over HTTP. */
  readonly address?: string;
  /** Who counts as one client over HTTP, where no credential says so: the address, or the network that it is in. */
  readonly client?: string;
  /** A browser that logged in before shows that it is the same. */
  readonly knownDevice?: string;
  /** The client's name over HTTP, for the list of sessions. */
  readonly userAgent?: string;
  /** What authenticated the call over HTTP, so that a session can end itself. */
  readonly credential?: { readonly kind: 'session' | 'key' | 'local'; readonly id: string };
  /** The page's origin over HTTP, `https://music.example`, which passkeys are bound to. */
  readonly origin?: string;
  /** False for a session whose person has not proven for a while who they are. */
  readonly isConfirmed?: boolean;
  /** What a key that asks is for. */
  readonly scope?: 'full' | 'read' | 'webhook';
  readonly signal?: AbortSignal;
}

/** Throws `forbidden`, with `needs: 'confirmation'` in its details, unless the caller proved lately who they are. */
export function demandConfirmation({ isConfirmed }: Caller): void {
  if (isConfirmed !== false) return;
  const message = 'Say once more who you are: enter the password, or show a passkey.';
  throw new AppError('forbidden', message, { details: [{ needs: 'confirmation' }] });
}

/** The functions that answer a contract: one for each procedure, with its types. */
export type HandlersOf<C extends Contract> = {
  readonly [N in keyof C]: (
    input: z.output<C[N]['input']>,
    caller: Caller,
  ) => z.input<C[N]['output']> | Promise<z.input<C[N]['output']>>;
};

export interface Route {
  /** `queue.list` */
  readonly name: string;
  readonly procedure: Procedure;
  call(input: unknown, caller: Caller): Promise<Outcome<unknown>>;
}

/** Called with what is not an `AppError`, so that the log keeps the stack that the caller must not see. */
export type ReportUnknown = (name: string, thrown: unknown) => void;

/** Pairs each procedure with the function that answers it, and wraps the pair: parse, call, parse. */
export function routesOf<C extends Contract>(
  domain: string,
  contract: C,
  handlers: HandlersOf<C>,
  report: ReportUnknown,
): Route[] {
  return Object.entries(contract).map(([key, procedure]) => {
    const name = `${domain}.${key}`;
    const answer = handlers[key] as (input: unknown, caller: Caller) => unknown;
    return { name, procedure, call: (input, caller) => callOnce(name, procedure, answer, input, caller, report) };
  });
}

/** The routes of every domain; one that is not answered does not compile. */
export function routesOfAll<C extends Readonly<Record<string, Contract>>>(
  contracts: C,
  handlers: { readonly [D in keyof C]: HandlersOf<C[D]> },
  report: ReportUnknown,
): Route[] {
  return Object.entries(contracts).flatMap(([domain, contract]) =>
    routesOf(domain, contract, handlers[domain], report),
  );
}

async function callOnce(
  name: string,
  procedure: Procedure,
  answer: (input: unknown, caller: Caller) => unknown,
  input: unknown,
  caller: Caller,
  report: ReportUnknown,
): Promise<Outcome<unknown>> {
  try {
    if (procedure.needsConfirmation) demandConfirmation(caller);
    const parsed = procedure.input.safeParse(input ?? {});
    if (!parsed.success) throw invalidInput(parsed.error);
    return { ok: true, value: procedure.output.parse(await answer(parsed.data, caller)) };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) report(name, thrown);
    return { ok: false, error: toFailure(thrown) };
  }
}

function invalidInput(error: z.ZodError): AppError {
  const details = error.issues.map((issue) => ({ path: issue.path.join('.'), message: sentenceOf(issue) }));
  const [first] = details;
  return new AppError(
    'invalid_input',
    first ? `${first.path || 'The request'}: ${first.message}` : z.prettifyError(error),
    {
      details,
    },
  );
}

/** Words typed where a number belongs reach the schema as NaN, which says nothing to whoever typed them. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'number') return 'has to be a number';
  // A contract's own words stay.
  if (!issue.message.startsWith('Too ')) return issue.message;
  if (issue.code === 'too_small' && issue.origin === 'number') {
    return issue.inclusive ? `has to be ${issue.minimum} or more` : `has to be more than ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.origin === 'number') return `has to be ${issue.maximum} or less`;
  return issue.message;
}
