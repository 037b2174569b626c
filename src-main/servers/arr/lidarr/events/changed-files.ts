import { findStamp, isSameStamp, type KnownStamp } from '../../../../platform/file-stamp';
import type { EventEnd } from '../../../webhooks-in';
import type { LidarrEvent } from '../payloads';
import { counted, type EventDeps, type EventOrigin, endOf, mapAll, placeOf, trackAt } from './event-context';

type Retagged = Extract<LidarrEvent, { type: 'retagged' }>;
type Renamed = Extract<LidarrEvent, { type: 'renamed' }>;

/**
 * Tags that Lidarr wrote: never a reason to analyze again. Lidarr may not be done with the file, so it is inspected only
 * after the quiet time; tags of ours that are gone by then are written again.
 */
export async function retagged(
  deps: EventDeps,
  origin: EventOrigin,
  event: Retagged,
  stage: number,
): Promise<EventEnd> {
  const how = { pathOf: ({ path }: Retagged['file']) => path, artist: event.artist };
  const { mapped, missing } = await mapAll(deps, origin.connectionId, [event.file], how);
  if (mapped.length === 0) return endOf(missing, '');
  const [{ at }] = mapped;
  const restsAt = deps.clock.now() + origin.quietMs;
  if (stage === 0) {
    const isDueAnyway = deps.queue.raiseNotBefore('tag', at.path, restsAt);
    if (isDueAnyway) return { status: 'done', message: 'The file waits to be analyzed; it waits a little longer.' };
    return { status: 'waiting', notBefore: restsAt, stage: 1 };
  }
  if (!at.exists) return { status: 'ignored', message: 'Nothing is there any more.' };
  const track = trackAt(deps, at);
  if (!track) return { status: 'ignored', message: 'The file is not known yet.' };
  const { isOurs, areGone } = await deps.guard.inspect(track);
  if (isOurs && !areGone) return { status: 'ignored', message: 'The file is as we wrote it.' };
  const read = await deps.files.read(placeOf(at));
  if (!areGone || !read) return { status: 'done', message: 'Its tags were read again.' };
  return { status: 'done', message: await deps.guard.restore(read) };
}

/** Files have other names: their tracks and waiting jobs move with them. */
export async function renamed(deps: EventDeps, origin: EventOrigin, event: Renamed): Promise<EventEnd> {
  type Move = Renamed['files'][number];
  const at = (pathOf: (file: Move) => string) =>
    mapAll(deps, origin.connectionId, event.files, { pathOf, artist: event.artist });
  const to = await at((file) => file.to);
  const from = await at((file) => file.from);
  const fromOf = new Map(from.mapped.map((mapped) => [mapped.of, mapped.at]));
  const both = to.mapped.flatMap(({ of, at: target }) => {
    const source = fromOf.get(of);
    return source ? [{ of, source, target }] : [];
  });
  const ids = await deps.files.move(both.map(({ source, target }) => ({ from: placeOf(source), to: placeOf(target) })));
  for (const { of, target } of both) {
    const track = trackAt(deps, target);
    const isAsKnown = track && (await isUnchanged(track));
    const known = isAsKnown ? track : await deps.files.read(placeOf(target));
    if (known && of.id > 0)
      deps.store.setFile(origin.connectionId, of.id, known.id, { artist: event.artist, album: null });
  }
  return endOf(to.missing, `${counted(ids.length, 'track')} went with their files.`);
}

async function isUnchanged(track: KnownStamp & { readonly absolutePath: string }): Promise<boolean> {
  const now = await findStamp(track.absolutePath);
  return now !== undefined && isSameStamp(track, now);
}
