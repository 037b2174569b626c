import { useState } from 'react';
import type { MappingProposal } from '../../src-main/servers/arr/lidarr/contract';
import type { Connection } from '../../src-main/servers/connections/contract';
import type { PathMapping } from '../../src-main/servers/path-mapping/contract';
import { connectionStyles as styles } from '../connections';
import { ago, Badge, Button, count, Form, Loaded, TextField } from '../ui';
import { addMapping, confirmProposal, removeMapping } from './lidarr-actions';
import { useInbound, useMappings, useProposals } from './use-lidarr';

/** Which folders of the server are which here: those that are set, those that are missing, and what files suggest. */
export function Mappings({ connection }: { connection: Connection }) {
  const mappings = useMappings(connection.id);
  const inbound = useInbound(connection.id);
  const [isAsking, setAsking] = useState(false);
  const missing = inbound.data?.unmapped ?? [];
  return (
    <section aria-label={`Folders of ${connection.name}`}>
      <h3>Folders</h3>
      {missing.length > 0 && (
        <ul className={styles.warnings} aria-label="Folders that are not mapped">
          {missing.map(({ prefix, events }) => (
            <li key={prefix}>
              Nothing says where <code>{prefix}</code> lies here; {count(events, 'event waits', 'events wait')} for
              that.
            </li>
          ))}
        </ul>
      )}
      <Loaded of={mappings} lines={1}>
        {(items) => <List items={items} />}
      </Loaded>
      <AddMapping connectionId={connection.id} remote={missing[0]?.prefix ?? ''} key={missing[0]?.prefix} />
      {isAsking ? (
        <Suggestions connectionId={connection.id} known={mappings.data ?? []} />
      ) : (
        <Button icon="search" onClick={() => setAsking(true)}>
          Find them out by comparing files
        </Button>
      )}
    </section>
  );
}

function List({ items }: { items: readonly PathMapping[] }) {
  if (items.length === 0) {
    return <p className={styles.muted}>None is mapped: paths of Lidarr are taken as they are.</p>;
  }
  return (
    <ul className={styles.libraries}>
      {items.map(({ id, remotePrefix, localPrefix, verifiedAt }) => (
        <li key={id}>
          <code>{remotePrefix}</code> is <code>{localPrefix}</code>{' '}
          {verifiedAt ? (
            <Badge tone="good">{`a file was found ${ago(verifiedAt)}`}</Badge>
          ) : (
            <Badge>not used yet</Badge>
          )}{' '}
          <Button icon="trash" isIconOnly onClick={() => void removeMapping(id)}>
            {`Forget ${remotePrefix}`}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function AddMapping({ connectionId, remote: first }: { connectionId: number; remote: string }) {
  const [remote, setRemote] = useState(first);
  const [local, setLocal] = useState('');
  async function add() {
    if (!(await addMapping(connectionId, remote, local))) return;
    setRemote('');
    setLocal('');
  }
  return (
    <Form className={styles.mapping} onSubmit={add}>
      <TextField
        name="remotePrefix"
        label="Folder in Lidarr"
        value={remote}
        onChange={setRemote}
        placeholder="/music"
        isRequired
      />
      <TextField name="localPrefix" label="The same folder here" value={local} onChange={setLocal} isRequired />
      <Button type="submit" icon="add">
        Map it
      </Button>
    </Form>
  );
}

function Suggestions({ connectionId, known }: { connectionId: number; known: readonly PathMapping[] }) {
  const proposals = useProposals(connectionId, true);
  const isNew = (one: MappingProposal) =>
    !known.some((each) => each.remotePrefix === one.remotePrefix && each.localPrefix === one.localPrefix);
  return (
    <Loaded of={proposals} lines={2}>
      {({ items, compared, rootFolders }) => {
        const fresh = items.filter(isNew);
        const roots = rootFolders.join(', ') || 'none';
        return (
          <>
            <p className={styles.muted}>
              {count(compared, 'file')} of Lidarr compared with the libraries here. Its root folders: {roots}.
              {fresh.length === 0 && ' Nothing new was found.'}
            </p>
            <ul className={styles.libraries}>
              {fresh.map((one) => (
                <li key={`${one.remotePrefix} ${one.localPrefix}`}>
                  <code>{one.remotePrefix}</code> seems to be <code>{one.localPrefix}</code>{' '}
                  <Badge tone={one.isSure ? 'good' : 'warn'}>
                    {`${one.samplesOk} agree, ${one.samplesFailed} do not`}
                  </Badge>{' '}
                  <Button icon="check" onClick={() => void confirmProposal(connectionId, one)}>
                    So it is
                  </Button>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Loaded>
  );
}
