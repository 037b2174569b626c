import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Option } from 'commander';
import { ENCODINGS, type ImportPreview } from '../../../discovery/playlists/import/contract';
import { givenPath } from '../../../platform/paths';
import { AppError } from '../../../rpc';
import { type AddCommands, ask, EXIT, table } from '../terminal';

const MAX_BYTES = 8 * 1024 * 1024;

/** Playlists from elsewhere: which tracks here they mean. */
export const addImportPlaylistCommand: AddCommands = (program, run) => {
  program
    .command('import-playlist <file>')
    .description('find the tracks of a playlist from elsewhere: M3U, PLS, XSPF, WPL, ASX, tables of services')
    .addOption(new Option('--encoding <name>', 'of a text that does not say it').choices(ENCODINGS))
    .option('--index <n>', 'which playlist, where the file has several; from 0', '0')
    .option('--m3u <file>', 'write what was found as M3U, with paths relative to the root of the library')
    .option('--unmatched <file>', 'write what was not found as a table')
    .option('--save [name]', 'keep what was found as a playlist')
    .action(
      run(async (cli, [file], { encoding, index, m3u, unmatched, save }) => {
        const content = contentOf(givenPath(file as string));
        const m3uFile = m3u === undefined ? undefined : givenPath(m3u as string);
        const unmatchedFile = unmatched === undefined ? undefined : givenPath(unmatched as string);
        const preview = await ask(cli, async (api) => {
          const preview = await api.playlistImport.preview({
            ...{ ...content, index: index as string },
            encoding: encoding as ImportPreview['encoding'] & string,
          });
          const trackIds = preview.matched.map(({ track }) => track.id);
          const name = typeof save === 'string' ? save : preview.name;
          if (save && trackIds.length > 0) await api.playlistImport.save({ name, trackIds });
          if (m3uFile && trackIds.length > 0) {
            const list = await api.playlistImport.save({ name, trackIds, as: 'm3u' });
            writeFileSync(m3uFile, list.content);
          }
          return preview;
        });
        if (unmatchedFile) writeFileSync(unmatchedFile, preview.unmatchedCsv);
        cli.output.answer(preview, () => linesOf(preview));
        return preview.matched.length > 0 ? EXIT.done : EXIT.failed;
      }),
    );
};

function contentOf(file: string): { name: string; contentBase64: string } {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new AppError('not_found', `There is no file ${file}.`);
  if (stat.size > MAX_BYTES) throw new AppError('too_large', `${file} is larger than a playlist may be, 8 MB.`);
  return { name: basename(file), contentBase64: readFileSync(file).toString('base64') };
}

function linesOf({ name, total, matched, ambiguous, unmatched, playlists, ...file }: ImportPreview): string[] {
  const found = matched.map(({ source, track, method }) => [
    source.position,
    nameOf(source),
    `${nameOf(track)} (${method})`,
  ]);
  const asked = ambiguous.map(({ source, candidates }) => [
    source.position,
    nameOf(source),
    `? ${candidates.map(({ track }) => nameOf(track)).join(' | ')}`,
  ]);
  const lost = unmatched.map((source) => [source.position, nameOf(source), '–']);
  const rows = [...found, ...asked, ...lost].sort((a, b) => Number(a[0]) - Number(b[0]));
  const counts = `${matched.length} of ${total} found, ${ambiguous.length} to decide, ${unmatched.length} not here`;
  const others = playlists.length > 1 ? [`${playlists.length} playlists in the file; --index chooses another.`] : [];
  const guess = file.isEncodingGuessed
    ? [`Read as ${file.encoding}, which it does not say itself; --encoding chooses another.`]
    : [];
  return [...table(['#', 'IN THE PLAYLIST', 'HERE'], rows), `${name}: ${counts}`, ...guess, ...others];
}

const nameOf = ({ title, artist, path }: { title: string; artist: string; path: string }) =>
  artist ? `${artist} – ${title}` : title || path;
