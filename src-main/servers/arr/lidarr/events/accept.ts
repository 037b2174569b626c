import { AppError } from '../../../../rpc';
import type { AcceptedEvent } from '../../../webhooks-in';
import { digestOf, digestOfVariables, readVariables, readWebhook, typeName } from '../payloads';
import type { PostedChanges } from './posted-changes';

/** Says which event a body is that Lidarr or our script posted. Throws `invalid_input` for what is none. */
export function accept(posted: PostedChanges, connectionId: number, body: string): AcceptedEvent {
  const json = parsed(body);
  if (json === undefined) throw new AppError('invalid_input', 'The body is not valid JSON.');
  const variables = readVariables(json);
  if (variables) {
    const digest = digestOfVariables(connectionId, variables);
    return acceptedAs('script', typeName(variables.lidarr_eventtype), digest);
  }
  const event = readWebhook(json);
  if (!event) throw new AppError('invalid_input', 'The JSON names no "eventType", as Lidarr does.');
  posted.remember(connectionId, event);
  return acceptedAs('webhook', typeName((json as { eventType: string }).eventType), digestOf(connectionId, event));
}

function acceptedAs(via: AcceptedEvent['via'], eventType: string, digest: string | null): AcceptedEvent {
  const message = eventType === 'Test' ? 'Tonearm receives events of this Lidarr.' : 'Stored. It is processed next.';
  return { via, eventType, digest, message };
}

function parsed(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
