import { type ReactNode, useState } from 'react';
import { Button, Field, Form, Select, SelectField, SwitchField, TextField, tellFailed } from '../../ui';
import styles from '../Workbench.module.css';
import type { Specimen, Specimens } from './specimen';

/** Keeps what is entered, so that the component can be tried. */
function Kept<T>({ begin, children }: { begin: T; children: (value: T, change: (value: T) => void) => ReactNode }) {
  const [value, change] = useState(begin);
  return children(value, change);
}

const LOOKS = ['plain', 'primary', 'quiet', 'danger'] as const;
const LONG = 'The folder on the network share that holds the recordings of the last forty years';

const buttonsOfAllLooks = (
  <div className={styles.row}>
    {LOOKS.map((look) => (
      <Button key={look} look={look} icon="refresh">
        {look}
      </Button>
    ))}
  </div>
);

const BUTTONS: readonly Specimen[] = [
  { state: 'default, in all looks', show: buttonsOfAllLooks },
  { state: 'under the pointer', show: buttonsOfAllLooks, like: 'hover' },
  { state: 'with the focus', show: buttonsOfAllLooks, like: 'focus' },
  {
    state: 'disabled',
    show: (
      <div className={styles.row}>
        {LOOKS.map((look) => (
          <Button key={look} look={look} disabled>
            {look}
          </Button>
        ))}
      </div>
    ),
  },
  {
    state: 'busy',
    show: (
      <Button look="primary" icon="wave" isBusy>
        Measure the library
      </Button>
    ),
  },
  {
    state: 'icon only',
    show: (
      <div className={styles.row}>
        <Button icon="trash" isIconOnly>
          Remove
        </Button>
        <Button icon="close" look="quiet" isIconOnly>
          Close
        </Button>
      </div>
    ),
  },
  { state: 'long text', show: <Button icon="folder">{LONG}</Button>, isWide: true },
];

const TEXT_FIELDS: readonly Specimen[] = [
  {
    state: 'filled, with a hint',
    show: (
      <Kept begin="Music">
        {(value, change) => <TextField label="Name" hint="As it is called here." value={value} onChange={change} />}
      </Kept>
    ),
  },
  {
    state: 'empty, with a placeholder',
    show: (
      <Kept begin="">
        {(value, change) => (
          <TextField label="Leave out" placeholder="**/Podcasts/**" value={value} onChange={change} />
        )}
      </Kept>
    ),
  },
  {
    state: 'password, required',
    show: (
      <Kept begin="correct horse">
        {(value, change) => <TextField label="Password" type="password" value={value} onChange={change} isRequired />}
      </Kept>
    ),
  },
  {
    state: 'number',
    show: (
      <Kept begin="2048">
        {(value, change) => <TextField label="Memory, in MB" type="number" value={value} onChange={change} />}
      </Kept>
    ),
  },
  {
    state: 'with the focus',
    like: 'focus',
    show: <Kept begin="Music">{(value, change) => <TextField label="Name" value={value} onChange={change} />}</Kept>,
  },
  {
    state: 'long text',
    show: (
      <Kept begin={LONG}>
        {(value, change) => <TextField label={LONG} hint={`${LONG}, and ${LONG}.`} value={value} onChange={change} />}
      </Kept>
    ),
  },
];

const ORDERS = [
  ['title', 'Title'],
  ['added', 'When it was added to the library, the newest first'],
] as const;

export const form = {
  Button: BUTTONS,
  Field: [
    {
      state: 'around a control, with a hint',
      show: (
        <Field label="Variety" hint="Left: the nearest. Right: as different as can be.">
          {(ids) => <input {...ids} type="range" defaultValue={30} />}
        </Field>
      ),
    },
    { state: 'without a hint', show: <Field label="File">{(ids) => <input {...ids} type="file" />}</Field> },
    {
      state: 'disabled',
      show: (
        <Field label="Folder" hint="It is scanned now.">
          {(ids) => <input {...ids} disabled defaultValue="/home/anna/Music" />}
        </Field>
      ),
    },
  ],
  TextField: TEXT_FIELDS,
  Select: [
    {
      state: 'default',
      show: (
        <Kept<'title' | 'added'> begin="title">
          {(value, change) => <Select label="Order" value={value} options={ORDERS} onChange={change} />}
        </Kept>
      ),
    },
    {
      state: 'long text, in a narrow place',
      show: (
        <div className={styles.narrow}>
          <Kept<'title' | 'added'> begin="added">
            {(value, change) => <Select label="Long order" value={value} options={ORDERS} onChange={change} />}
          </Kept>
        </div>
      ),
    },
    {
      state: 'with the focus',
      like: 'focus',
      show: (
        <Kept<'title' | 'added'> begin="title">
          {(value, change) => <Select label="Focused order" value={value} options={ORDERS} onChange={change} />}
        </Kept>
      ),
    },
  ],
  SelectField: [
    {
      state: 'with a hint',
      show: (
        <Kept<'title' | 'added'> begin="title">
          {(value, change) => (
            <SelectField
              label="Sorted by"
              hint="The order in the player."
              value={value}
              options={ORDERS}
              onChange={change}
            />
          )}
        </Kept>
      ),
    },
    {
      state: 'long text',
      show: (
        <Kept<'title' | 'added'> begin="added">
          {(value, change) => <SelectField label={LONG} value={value} options={ORDERS} onChange={change} />}
        </Kept>
      ),
    },
  ],
  Form: [
    {
      state: 'refused at a field',
      show: (
        <Form onSubmit={() => tellFailed({ message: 'No.', details: [{ path: 'name', message: 'has to be free' }] })}>
          <TextField label="Name" name="name" value="Music" onChange={() => {}} />
          <Button type="submit">Save</Button>
        </Form>
      ),
    },
    {
      state: 'refused as a whole',
      show: (
        <Form onSubmit={() => tellFailed('The server does not answer.')}>
          <TextField label="Name" name="name" value="Music" onChange={() => {}} />
          <Button type="submit">Save</Button>
        </Form>
      ),
    },
  ],
  SwitchField: [
    ...[false, true].map((isOn) => ({
      state: isOn ? 'on, with a hint' : 'off, with a hint',
      show: (
        <Kept begin={isOn}>
          {(value, change) => (
            <SwitchField label="Write by itself" hint="Without being asked for." isOn={value} onChange={change} />
          )}
        </Kept>
      ),
    })),
    {
      state: 'with the focus',
      like: 'focus',
      show: (
        <Kept begin={true}>
          {(value, change) => <SwitchField label="Keep the time of files" isOn={value} onChange={change} />}
        </Kept>
      ),
    },
    ...[false, true].map((isOn) => ({
      state: isOn ? 'disabled, on' : 'disabled, off',
      show: <SwitchField label="Never touch this file" isOn={isOn} onChange={() => {}} isDisabled />,
    })),
    {
      state: 'long text',
      show: (
        <Kept begin={false}>
          {(value, change) => <SwitchField label={LONG} hint={`${LONG}.`} isOn={value} onChange={change} />}
        </Kept>
      ),
    },
  ],
} satisfies Specimens;
