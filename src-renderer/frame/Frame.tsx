import { type ReactNode, useEffect, useRef } from 'react';
import icon from '../icon.svg';
import { openPalette } from '../palette/palette-store';
import { QueueLine } from '../queue/QueueLine';
import { Icon } from '../ui';
import styles from './Frame.module.css';
import { hrefOf, type Place, usePlace } from './location';
import { SCREENS } from './screens';
import { useShortcuts } from './use-shortcuts';

/** What stays around every screen: the way to the others, and what the queue does. */
export function Frame({ children }: { children: ReactNode }) {
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  useShortcuts();
  useFocusOnMove(place, main);
  const nav = useCurrentInSight(place);
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Go to the content
      </button>
      <header className={styles.side}>
        <div className={styles.brand}>
          <img src={icon} alt="" width={30} height={30} />
          <span>Tonearm</span>
        </div>
        <button type="button" className={styles.find} aria-keyshortcuts="Control+K Meta+K" onClick={openPalette}>
          <Icon name="search" />
          <span>Go to …</span>
          <kbd>{/Mac/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <nav ref={nav} aria-label="Screens" className={styles.nav}>
          {SCREENS.map(({ screen, title, icon }) => (
            <a key={screen} href={hrefOf({ screen })} aria-current={isAt(place, screen) ? 'page' : undefined}>
              <Icon name={icon} size={20} />
              <span>{title}</span>
            </a>
          ))}
        </nav>
        <QueueLine />
      </header>
      <main ref={main} id="content" className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

const INSIDE: Partial<Record<Place['screen'], string>> = {
  track: 'library',
  playlist: 'playlists',
  'navidrome-config': 'playlists',
  import: 'playlists',
};
const isAt = (place: Place, screen: string) => place.screen === screen || INSIDE[place.screen] === screen;

/** On a narrow page the screens stand in a row that scrolls. */
function useCurrentInSight({ screen }: Place) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (screen) nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [screen]);
  return nav;
}

/** After a change of screen the focus goes to its content, so that a reader begins there. */
function useFocusOnMove(place: Place, main: React.RefObject<HTMLElement | null>) {
  const href = hrefOf(place);
  const last = useRef(href);
  useEffect(() => {
    if (last.current === href) return;
    last.current = href;
    main.current?.scrollTo(0, 0);
    main.current?.focus();
  }, [href, main]);
}
