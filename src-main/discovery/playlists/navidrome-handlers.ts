import type { Caller, HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { playlistsContract } from './contract';
import { type UnjudgedRule, unjudgedOf, whereOf } from './evaluate';
import type { Field, Fields } from './fields';
import { configWarnings, writtenWarnings } from './library-warnings';
import { navidromeConfig } from './navidrome-config';
import { refuseErrors, validate, writeNsp } from './nsp';
import { parseQuery, writeQuery } from './query';
import type { Criteria, Group } from './rules/contract';
import type { PlaylistsDeps } from './saved';
import { fieldsOfLibrary, selectionOf } from './saved';

type Handlers = Pick<HandlersOf<typeof playlistsContract>, 'config' | 'tags' | 'preview' | 'generate'>;

/** The documented endpoints for Navidrome: its configuration, and playlists from queries. */
export function createNavidromeHandlers(deps: PlaylistsDeps): Handlers {
  const { reader, libraries, now = () => new Date() } = deps;

  async function countOf(field: Field, fields: Fields, caller: Caller): Promise<number> {
    const where = whereOf({ field: field.name, operator: 'isPresent', value: true }, { fields, now: now() });
    return reader.read('playlists.count', { where }, caller);
  }

  return {
    async config({ style, feed_mood }) {
      const { fields, heads } = await fieldsOfLibrary(deps);
      return {
        namespace: fields.namespace,
        config: navidromeConfig(fields, { style, ...(feed_mood !== 'none' && { feedMood: feed_mood }) }),
        tag_count: fields.own.length,
        warnings: configWarnings({ fields, heads, libraries: libraries.list() }),
      };
    },
    async tags(_input, caller) {
      const { fields } = await fieldsOfLibrary(deps);
      const tags = [];
      for (const field of fields.own) {
        tags.push({
          tag_key: `${fields.prefix}${field.own!.key}`,
          field: field.name,
          type: field.type === 'number' ? ('float' as const) : ('string' as const),
          is_multivalue: !field.isSingle,
          summary: field.title,
          total_count: await countOf(field, fields, caller),
        });
      }
      return { namespace: fields.namespace, tag_count: tags.length, tags };
    },
    async preview({ query, rules, limit, sort, preview_limit }, caller) {
      const { fields } = await fieldsOfLibrary(deps);
      const criteria: Criteria = { rules: rulesOf({ query, rules }, fields), limit, sort };
      const findings = validate(criteria, fields);
      const unjudged = unjudgedOf(criteria.rules, fields);
      const isBroken = findings.some(({ severity }) => severity === 'error');
      const { matched, tracks } = isBroken
        ? { matched: 0, tracks: [] }
        : await reader.read(
            'playlists.select',
            { selection: selectionOf(criteria, fields, now()), most: preview_limit },
            caller,
          );
      const shown = tracks.map(({ path, title, artist, album }) => ({ path, title, artist, album }));
      return {
        query: query ?? writeQuery(criteria.rules, fields),
        matched_tracks: matched,
        preview: shown,
        total_count: matched,
        sample_tracks: shown,
        warnings: [
          ...findings.map(({ message }) => message),
          ...unjudged.map(unjudgedSentence),
          ...writtenWarnings(criteria, fields, libraries.list()),
        ],
        findings,
        unjudged,
      };
    },
    async generate({ query, rules, playlist_name, comment, limit, sort }) {
      const { fields } = await fieldsOfLibrary(deps);
      const tree = rulesOf({ query, rules }, fields);
      const criteria: Criteria = { rules: tree, limit, sort };
      const findings = validate(criteria, fields);
      refuseErrors(findings);
      const said = query ?? writeQuery(tree, fields);
      const text = comment ?? (said === null ? '' : `Made by Tonearm from: ${said}`);
      return {
        playlist_name,
        query: said,
        content: writeNsp({ ...criteria, name: playlist_name, comment: text }, fields),
        warnings: [...findings.map(({ message }) => message), ...writtenWarnings(criteria, fields, libraries.list())],
      };
    },
  };
}

function rulesOf({ query, rules }: { query?: string; rules?: Group }, fields: Fields): Group {
  if ((query === undefined) === (rules === undefined)) {
    throw new AppError('invalid_input', 'Invalid query: give either "query" or "rules".');
  }
  return rules ?? parseQuery(query!, fields);
}

function unjudgedSentence({ rule, assumed }: UnjudgedRule): string {
  return assumed === 'unplayed'
    ? `Only Navidrome knows ${rule.field}: every track counts here as never played, rated or loved.`
    : `Only Navidrome knows ${rule.field}: the rule is left out here.`;
}
