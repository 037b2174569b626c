import { useEffect } from 'react';

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]';

interface Place {
  readonly element: HTMLElement;
  /** What comes after it and before it, the nearest first. */
  readonly neighbours: readonly HTMLElement[];
}

/**
 * Keeps the focus on the page: when what had it is removed or can no longer be pressed, its nearest neighbour gets it,
 * in place of the page as a whole, from which a keyboard would begin again at the top.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let place: Place | undefined;
    let isWaiting = false;

    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      isWaiting = false;
      place = { element: target, neighbours: neighboursOf(target) };
    };
    // Whoever presses beside everything means to have the focus nowhere.
    const forget = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest(FOCUSABLE)) place = undefined;
    };
    const restore = () => {
      if (!place || !isFocusLost(place.element)) return;
      const { element, neighbours } = place;
      if (element.isConnected && element.ariaBusy === 'true') {
        isWaiting = true;
        return;
      }
      if (isWaiting && canHaveFocus(element)) element.focus({ preventScroll: true });
      else if (!canHaveFocus(element)) focusFirst([...neighbours, document.querySelector('main')]);
    };
    const observer = new MutationObserver(restore);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['disabled'],
    });
    document.addEventListener('focusin', remember);
    document.addEventListener('pointerdown', forget, true);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
      document.removeEventListener('pointerdown', forget, true);
    };
  }, []);
}

/** A button that can no longer be pressed keeps the focus until the page is drawn. */
function isFocusLost(element: HTMLElement): boolean {
  const { activeElement } = document;
  return (
    activeElement === null || activeElement === document.body || (activeElement === element && !canHaveFocus(element))
  );
}

const canHaveFocus = (element: HTMLElement) =>
  element.isConnected && !element.matches(':disabled') && element.checkVisibility();

function neighboursOf(element: HTMLElement): HTMLElement[] {
  // A dialog keeps the focus within; what opened it gets it back by itself.
  const within = element.closest('dialog') ?? document.body;
  const all = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (each) => each === element || (each.tabIndex >= 0 && each.checkVisibility()),
  );
  const at = all.indexOf(element);
  const nearest = [];
  for (let distance = 1; nearest.length < 24 && distance < all.length; distance += 1) {
    nearest.push(...[all[at + distance], all[at - distance]].filter((each) => each !== undefined));
  }
  return nearest;
}

function focusFirst(elements: readonly (HTMLElement | null)[]): void {
  elements.find((element) => element !== null && canHaveFocus(element))?.focus({ preventScroll: true });
}
