import type { AcceptedEvent } from '../../../webhooks-in';
import type { PostedReading } from '../payloads';
import type { PostedChanges } from './posted-changes';

/** Says which event a body is that Lidarr or our script posted. Throws `invalid_input` for what is none. */
export async function accept(
  { posted, reading }: { posted: PostedChanges; reading: PostedReading },
  connectionId: number,
  body: string,
): Promise<AcceptedEvent> {
  const { event, ...accepted } = await reading.readPosted({ connectionId, body });
  if (event) posted.remember(connectionId, event);
  const isTest = accepted.eventType === 'Test';
  return { ...accepted, message: isTest ? 'Tonearm receives events of this Lidarr.' : 'Stored. It is processed next.' };
}
