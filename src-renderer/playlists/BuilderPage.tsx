import { useEffect, useState } from 'react';
import type { FieldView } from '../../src-main/discovery/playlists/contract';
import { api, useCall } from '../api';
import { hrefOf } from '../router';
import { Button, Failed, Form, Loaded, Page, Panel, SwitchField, TextField } from '../ui';
import { GroupEditor } from './GroupEditor';
import { OrderFields } from './OrderFields';
import styles from './Playlists.module.css';
import { PreviewPanel } from './PreviewPanel';
import { saveDraft } from './playlist-actions';
import { changeDraft, type Draft, draftFrom, draftOf, useDraftStore } from './playlists-store';
import { QueryText } from './QueryText';
import { firstCondition } from './tree';
import { useFields, usePreview } from './use-playlists';

/** Builds a playlist from rules, with what they find beside them. */
export function BuilderPage({ id }: { id: number | 'new' }) {
  const fields = useFields();
  return <Loaded of={fields}>{({ fields: all }) => <WithDraft key={id} id={id} fields={all} />}</Loaded>;
}

function WithDraft({ id, fields }: { id: number | 'new'; fields: FieldView[] }) {
  const draft = useDraftStore((state) => state.draft);
  const wanted = id === 'new' ? null : id;
  const saved = useCall(api.playlists.get, { id: wanted ?? 1 }, { isEnabled: wanted !== null });
  const isRight = draft !== null && draft.id === wanted;
  useEffect(() => {
    if (isRight) return;
    if (wanted === null) draftFrom({ name: '', comment: '', rules: { all: [firstCondition(fields)] } });
    else if (saved.data?.id === wanted && saved.data.criteria) draftOf(saved.data);
  }, [isRight, wanted, saved.data, fields]);
  if (saved.error) return <Failed error={saved.error} />;
  return isRight ? <Builder draft={draft} fields={fields} /> : <Page title="Playlist">{null}</Page>;
}

/** What the button that saves is bound to; it stands in the toolbar. */
const FORM = 'playlist';

function Builder({ draft, fields }: { draft: Draft; fields: FieldView[] }) {
  const preview = usePreview(draft);
  const [isSaving, setSaving] = useState(false);
  const isTextOpen = useDraftStore((state) => state.isTextOpen);
  const findings = preview.data?.findings ?? [];
  const save = () => {
    setSaving(true);
    return saveDraft(draft).finally(() => setSaving(false));
  };
  const isWrong = findings.some(({ severity }) => severity === 'error');
  return (
    <Page
      title={draft.id === null ? 'New playlist' : draft.name}
      toolbar={
        <>
          <a className={styles.back} href={hrefOf({ screen: 'playlists' })}>
            All playlists
          </a>
          <Button
            look="primary"
            icon="check"
            disabled={draft.name.trim() === '' || isWrong || isTextOpen}
            isBusy={isSaving}
            type="submit"
            form={FORM}
          >
            Save
          </Button>
        </>
      }
    >
      <div className={styles.builder}>
        <div className={styles.column}>
          <Panel title="Name">
            <Form id={FORM} className={styles.fields} onSubmit={save}>
              <TextField
                name="name"
                label="Name of the playlist"
                value={draft.name}
                onChange={(name) => changeDraft({ name })}
                isRequired
              />
              <TextField
                name="comment"
                label="Comment"
                value={draft.comment}
                onChange={(comment) => changeDraft({ comment })}
              />
              <SwitchField
                name="isPublic"
                label="Everyone may see it"
                hint="The other users of the server, once it is published."
                isOn={draft.isPublic}
                onChange={(isPublic) => changeDraft({ isPublic })}
              />
            </Form>
          </Panel>
          <Panel title="Rules">
            <GroupEditor group={draft.rules} path={[]} fields={fields} findings={findings} />
            <QueryText query={preview.data?.query ?? null} />
          </Panel>
          <Panel title="Order">
            <OrderFields draft={draft} fields={fields} />
          </Panel>
        </div>
        <PreviewPanel preview={preview} />
      </div>
    </Page>
  );
}
