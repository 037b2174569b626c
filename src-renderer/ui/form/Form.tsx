import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { fieldErrorsOf } from '../../../src-main/rpc/errors';
import { Icon } from '../icons';
import styles from './Form.module.css';
import { takeFailures } from './failure-takers';

interface Problems {
  /** By the names of fields that are in the form. */
  readonly atFields: Readonly<Record<string, string>>;
  /** What is about no field of it. */
  readonly above?: string;
}
const NONE: Problems = { atFields: {} };
const FormProblems = createContext(NONE);

/** The id of what is said to be wrong with a field. */
export const problemIdOf = (fieldId: string): string => `${fieldId}-problem`;

/** What is wrong with the field of this name. */
export function useFieldProblem(name: string | undefined): string | undefined {
  const { atFields } = useContext(FormProblems);
  return name === undefined ? undefined : atFields[name];
}

type Run = (action: () => unknown) => Promise<void>;

interface FormProps {
  className?: string;
  id?: string;
  /** Not called again before what it began has ended: a second press of a button or of Enter is the same one. */
  onSubmit?(): unknown;
  /** What lies behind it cannot be read, so it shows whatever fails as long as it is there. */
  isModal?: boolean;
  /** What comes before its problems, such as a heading. */
  lead?: ReactNode;
  /** The fields, whose names are those of the request; `run` does what one of them asks for at once. */
  children: ReactNode | ((run: Run) => ReactNode);
}

/** Fields that are sent together. What is wrong with one of them is said at it and focuses it, the rest above them. */
export function Form({ className, id, onSubmit, isModal = false, lead, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const isUnderWay = useRef(false);
  const isFresh = useRef(false);
  const [problems, setProblems] = useState(NONE);
  const take = useRef((failure: unknown): boolean => {
    if (!form.current?.isConnected) return false;
    setProblems(problemsIn(form.current, failure));
    isFresh.current = true;
    return true;
  }).current;
  useEffect(() => (isModal ? takeFailures(take) : undefined), [isModal, take]);

  // Only now what is said at the field is there and can be scrolled to.
  useEffect(() => {
    if (!isFresh.current || !form.current) return;
    isFresh.current = false;
    const field = fieldsOf(form.current).find(({ name }) => name in problems.atFields);
    field?.focus();
    if (field) document.getElementById(problemIdOf(field.id))?.scrollIntoView({ block: 'nearest' });
  }, [problems]);

  const run: Run = async (action) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setProblems(NONE);
    const end = takeFailures(take);
    try {
      await action();
    } finally {
      end();
      isUnderWay.current = false;
    }
  };
  const forget = (name: string) =>
    setProblems((now) => {
      if (!(name in now.atFields)) return now;
      const { [name]: _, ...atFields } = now.atFields;
      return { ...now, atFields };
    });

  return (
    <form
      ref={form}
      id={id}
      className={className}
      onInput={({ target }) => forget((target as HTMLInputElement).name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (onSubmit) void run(onSubmit);
      }}
    >
      <FormProblems value={problems}>
        {lead}
        {problems.above && (
          <p role="alert" className={styles.problem}>
            <Icon name="error" />
            <span>{problems.above}</span>
          </p>
        )}
        {typeof children === 'function' ? children(run) : children}
      </FormProblems>
    </form>
  );
}

const fieldsOf = (form: HTMLFormElement) => [...form.elements] as HTMLInputElement[];

function problemsIn(form: HTMLFormElement, failure: unknown): Problems {
  const { message = String(failure), details = [] } = (failure ?? {}) as { message?: string; details?: unknown[] };
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  const errors = fieldErrorsOf(details);
  const here = errors.filter(({ path }) => path !== '' && names.has(path));
  return {
    atFields: Object.fromEntries(here.toReversed().map((error) => [error.path, sentenceOf(error.message)])),
    above: here.length > 0 && here.length === errors.length ? undefined : message,
  };
}

/** A schema says `has to be 5 or more`. */
const sentenceOf = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
