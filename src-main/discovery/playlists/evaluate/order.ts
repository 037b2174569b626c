import type { Fields } from '../fields';
import type { Criteria } from '../rules/contract';
import { columnOf } from './columns';
import { fillSql, joinSql, type Sql, sql } from './sql';
import { valuesOf } from './tag-values';

/** The fields of a sort with their direction; those that Navidrome does not know are passed over, as there. */
function sortFields({ sort, order }: Pick<Criteria, 'sort' | 'order'>, fields: Fields) {
  return (sort ?? '')
    .split(',')
    .map((part) => /^\s*([+-]?)\s*(\S+)\s*$/.exec(part))
    .flatMap((match) => {
      const field = match ? fields.find(match[2]) : undefined;
      return field ? [{ field, isDescending: (match![1] === '-') !== (order === 'desc') }] : [];
    });
}

/** The order of a playlist: by title where nothing else is said; several values of a tag sort by the first. */
export function orderOf(criteria: Pick<Criteria, 'sort' | 'order'>, fields: Fields): Sql {
  const sorts = sortFields(criteria, fields).map(({ field, isDescending }) => {
    const direction = isDescending ? 'DESC' : 'ASC';
    if (field.kind === 'sort') return sql('random()');
    if (field.kind === 'column' || field.kind === 'playlist') {
      return sql(`${field.knowledge === 'elsewhere' ? 'NULL' : columnOf(field)} ${direction}`);
    }
    const first = fillSql("COALESCE((SELECT value FROM (%) LIMIT 1), '')", valuesOf(field));
    return fillSql(field.type === 'number' ? `CAST(% AS REAL) ${direction}` : `% ${direction}`, first);
  });
  // The number settles what would else be left to chance from one preview to the next.
  return joinSql([...(sorts.length > 0 ? sorts : [sql('t.title ASC')]), sql('t.id ASC')], ', ');
}
