import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Command } from '../router';
import { Icon, useModal } from '../ui';
import styles from './Palette.module.css';
import { closePalette, openPalette, usePalette } from './palette-store';
import { useCommands } from './use-commands';

/** Every screen, action and track by its name; Ctrl+K or Cmd+K from anywhere but another dialog. */
export function Palette() {
  const isOpen = usePalette((state) => state.isOpen);
  useEffect(() => {
    function onKey(event: globalThis.KeyboardEvent) {
      const isMeant = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'k';
      if (!isMeant || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      openPalette();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return isOpen && <OpenPalette />;
}

function OpenPalette() {
  const dialog = useModal();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const groups = useCommands(text);
  const all = groups.flatMap(({ commands }) => commands);
  const active = all[Math.min(at, all.length - 1)];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function onKey(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && all.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, all.length - 1) + step + all.length) % all.length);
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      choose(active);
    }
  }

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Go to or do"
      onCancel={(event) => {
        event.preventDefault();
        closePalette();
      }}
      onClick={(event) => event.target === event.currentTarget && closePalette()}
    >
      <div className={styles.inside}>
        <div className={styles.field}>
          <Icon name="search" />
          <input
            role="combobox"
            aria-label="Screen, action or track"
            aria-expanded="true"
            aria-controls="commands"
            aria-autocomplete="list"
            aria-activedescendant={active && `command-${active.id}`}
            placeholder="Screen, action or track"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKey}
          />
        </div>
        <div ref={list} id="commands" role="listbox" aria-label="What can be chosen" className={styles.list}>
          {groups.map(({ title, commands }) => (
            <div key={title} role="group" aria-label={title}>
              <p className={styles.group} aria-hidden="true">
                {title}
              </p>
              {commands.map((command) => (
                <Option key={command.id} command={command} isActive={command === active} />
              ))}
            </div>
          ))}
        </div>
        <p className={styles.none} role="status">
          {all.length === 0 && 'Nothing has this name.'}
        </p>
      </div>
    </dialog>
  );
}

function Option({ command, isActive }: { command: Command; isActive: boolean }) {
  return (
    <div
      id={`command-${command.id}`}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onClick={() => choose(command)}
    >
      <Icon name={command.icon} />
      {command.title}
    </div>
  );
}

function choose(command: Command) {
  closePalette();
  command.run();
}
