import { useEffect } from 'react';
import { goTo, locationOfKey } from '../router';

const SECOND_KEY_MS = 1200;

/** `/` goes to the search, `g` and a letter to a screen. Nothing happens while someone types, or a dialog asks. */
export function useShortcuts(): void {
  useEffect(() => {
    let pressedG = 0;
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const location = locationOfKey(event.key);
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[type="search"]');
        if (!search) return;
        event.preventDefault();
        search.focus();
      } else if (event.key === 'g') {
        pressedG = event.timeStamp;
      } else if (location && event.timeStamp - pressedG < SECOND_KEY_MS) {
        pressedG = 0;
        goTo(location);
      }
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
