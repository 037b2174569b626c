import { useState } from 'react';
import type { Connection, KindDescription } from '../../src-main/servers/connections/contract';
import { Button, Empty, Loaded, Page } from '../ui';
import { ConnectionDialog } from './ConnectionDialog';
import { ConnectionPanel } from './ConnectionPanel';
import { useConnections, useKinds } from './use-connections';

/** The other servers that Tonearm talks to. */
export function ConnectionsPage() {
  const connections = useConnections();
  const kinds = useKinds();
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button icon="add" look="primary" disabled={!kinds.data} onClick={() => setAdding(true)}>
      Add a connection …
    </Button>
  );
  return (
    <Page
      title="Connections"
      lead="Other programs that work with the same music."
      toolbar={connections.data?.length ? add : undefined}
    >
      <Loaded of={kinds}>
        {(known) => (
          <>
            <Loaded of={connections}>{(items) => <List items={items} kinds={known} add={add} />}</Loaded>
            {isAdding && <ConnectionDialog kinds={known} onClose={() => setAdding(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function List({ items, kinds, add }: { items: Connection[]; kinds: KindDescription[]; add: React.ReactNode }) {
  if (items.length === 0) {
    return (
      <Empty icon="connections" title="Nothing is connected yet" action={add}>
        {kinds.map(({ title, summary }) => `${title}: ${summary}`).join(' ')}
      </Empty>
    );
  }
  return items.map((connection) => <ConnectionPanel key={connection.id} connection={connection} kinds={kinds} />);
}
