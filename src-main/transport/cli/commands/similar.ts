import { writeFileSync } from 'node:fs';
import type { SimilarTrack, Step } from '../../../discovery/similarity/contract';
import { givenPath } from '../../../platform/paths';
import type { Api } from '../terminal';
import { type AddCommands, ask, table } from '../terminal';

/** What sounds alike: the neighbours of a file, and mixes around some. */
export const addSimilarCommands: AddCommands = (program, run) => {
  program
    .command('similar <path>')
    .description('show the tracks that are most like a file, and why')
    .option('--limit <n>', 'at most so many', '20')
    .action(
      run(async (cli, [path], { limit }) => {
        const wanted = [givenPath(path as string)];
        const found = await ask(cli, async (api) => {
          const [id] = await idsOf(api, wanted);
          return api.similarity.similar({ id, limit: limit as string });
        });
        cli.output.answer(found, () =>
          found.items.length === 0
            ? ['Nothing else in the library has been analyzed.']
            : table(['LIKE', 'TRACK', 'WHY'], found.items.map(rowOf)),
        );
      }),
    );

  program
    .command('mix <paths...>')
    .description('make a mix around one or more files, in an order that flows')
    .option('--limit <n>', 'so many tracks', '30')
    .option('--diversity <n>', 'from 0, the nearest, to 1, as unlike as can be', '0.3')
    .option('--max-per-artist <n>', 'at most so many tracks of one artist', '3')
    .option('--m3u <file>', 'write it as a playlist, with paths relative to the root of the library')
    .action(
      run(async (cli, [paths], { limit, diversity, maxPerArtist, m3u }) => {
        const wanted = (paths as string[]).map(givenPath);
        const target = m3u === undefined ? undefined : givenPath(m3u as string);
        const { mix, exported } = await ask(cli, async (api) => {
          const seeds = await idsOf(api, wanted);
          const how = { limit, diversity, maxPerArtist } as Record<'limit' | 'diversity' | 'maxPerArtist', string>;
          const mix = await api.similarity.mix({ seeds, ...how });
          const trackIds = mix.items.map(({ track }) => track.id);
          return { mix, exported: target ? await api.similarity.export({ name: 'Mix', trackIds }) : undefined };
        });
        if (target && exported) writeFileSync(target, exported.content);
        cli.output.answer(mix, () => [
          ...table(['#', 'TRACK', 'AFTER THE ONE BEFORE'], mix.items.map(stepOf)),
          ...(target ? [`Written to ${target}`] : []),
        ]);
      }),
    );
};

async function idsOf(api: Api, paths: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const path of paths) {
    const { file_id } = await api.similarity.similarForPlayers({ path, count: 1 });
    ids.push(file_id);
  }
  return ids;
}

const percent = (value: number) => `${Math.round(value * 100)} %`;
const nameOf = ({ title, artist }: { title: string; artist: string }) => (artist ? `${artist} – ${title}` : title);

/** The reasons that speak for it, the strongest part of the score first. */
function whyOf({ parts }: Pick<SimilarTrack, 'parts'>): string {
  const speaking = parts.filter(({ value }) => (value ?? 0) >= 0.4);
  return speaking.map(({ words }) => words).join('; ');
}

const rowOf = (item: SimilarTrack) => [percent(item.score), nameOf(item.track) + timesOf(item), whyOf(item)];

/** How often the recording is in the library. */
const timesOf = ({ copies }: SimilarTrack) => (copies.length > 0 ? ` (${copies.length + 1} copies)` : '');

const stepOf = ({ track, fromPrevious }: Step, index: number) => [
  index + 1,
  nameOf(track),
  fromPrevious ? `${percent(fromPrevious.score)}  ${whyOf(fromPrevious)}` : '',
];
