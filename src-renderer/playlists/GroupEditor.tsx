import type { FieldView } from '../../src-main/discovery/playlists/contract';
import {
  type Condition,
  type Finding,
  type Group,
  type GroupKind,
  groupOf,
  groupWith,
} from '../../src-main/discovery/playlists/rules/contract';
import { Button } from '../ui';
import { ConditionRow } from './ConditionRow';
import styles from './Playlists.module.css';
import { changeDraft, useDraftStore } from './playlists-store';
import { addTo, firstCondition, type Path, replaceAt } from './tree';

interface EditorProps {
  group: Group;
  path: Path;
  fields: readonly FieldView[];
  findings: readonly Finding[];
}

const KINDS: readonly (readonly [GroupKind, string])[] = [
  ['all', 'All of these are true'],
  ['any', 'At least one of these is true'],
  ['none', 'None of these is true'],
];
const MAX_LEVELS = 8;

const rules = () => useDraftStore.getState().draft!.rules;

/** A group of rules: how they are joined, the rules, groups inside it, and what is wrong with each. */
export function GroupEditor({ group, path, fields, findings }: EditorProps) {
  const { kind, rules: children } = groupOf(group)!;
  const place = path.map((index) => index + 1).join('.');
  const name = place === '' ? 'the rules' : `group ${place}`;
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{name}</legend>
      <div className={styles.groupHead}>
        <select
          className={styles.input}
          aria-label={`How ${name} are joined`}
          value={kind}
          onChange={({ target }) =>
            changeDraft({ rules: replaceAt(rules(), path, groupWith(target.value as GroupKind, children)) })
          }
        >
          {KINDS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        {path.length > 0 && (
          <Button
            look="quiet"
            icon="trash"
            isIconOnly
            onClick={() => changeDraft({ rules: replaceAt(rules(), path, null) })}
          >
            {`Remove ${name}`}
          </Button>
        )}
      </div>
      <Findings of={findings} at={path} />
      <ul className={styles.rules}>
        {children.map((child, index) => {
          const at = [...path, index];
          return (
            <li key={at.join('.')}>
              {groupOf(child) ? (
                <GroupEditor group={child as Group} path={at} fields={fields} findings={findings} />
              ) : (
                <ConditionRow condition={child as Condition} path={at} fields={fields} />
              )}
              {!groupOf(child) && <Findings of={findings} at={at} />}
            </li>
          );
        })}
      </ul>
      <div className={styles.buttons}>
        <Button icon="add" onClick={() => changeDraft({ rules: addTo(rules(), path, firstCondition(fields)) })}>
          Add rule
        </Button>
        {path.length < MAX_LEVELS - 1 && (
          <Button
            icon="add"
            onClick={() => changeDraft({ rules: addTo(rules(), path, { any: [firstCondition(fields)] }) })}
          >
            Add group
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function Findings({ of, at }: { of: readonly Finding[]; at: Path }) {
  const here = of.filter(({ path }) => path.join('.') === at.join('.'));
  return here.map(({ code, severity, message }) => (
    <p key={code} className={severity === 'error' ? styles.wrong : styles.doubt} role="note">
      {message}
    </p>
  ));
}
