import { useEffect, useRef } from 'react';
import { useConnection } from '../api';
import icon from '../icon.svg';
import { openPalette } from '../palette';
import { Filled, hrefOf, isWithin, type ScreenLocation, sidebar, sidebarFoot, useScreenLocation } from '../router';
import { Icon } from '../ui';
import { ConnectionBanner } from './ConnectionBanner';
import { CurrentScreen } from './CurrentScreen';
import styles from './Frame.module.css';
import { useShortcuts } from './use-shortcuts';

/** The screen, and what stays around it: the way to the others, and what features keep in sight. */
export function Frame() {
  const location = useScreenLocation();
  const main = useRef<HTMLElement>(null);
  useShortcuts();
  useFocusOnMove(location, main);
  const nav = useCurrentInSight(location);
  const isStale = useConnection(({ lostSince }) => lostSince !== null);
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
          {sidebar().map(({ location: to, title, icon }) => (
            <a key={title} href={hrefOf(to)} aria-current={isWithin(location, to.screen) ? 'page' : undefined}>
              <Icon name={icon} size={20} />
              <span>{title}</span>
            </a>
          ))}
        </nav>
        <Filled slot={sidebarFoot} props={{}} />
      </header>
      <div className={styles.content}>
        <ConnectionBanner />
        <main ref={main} id="content" className={`${styles.main} ${isStale ? styles.stale : ''}`} tabIndex={-1}>
          <CurrentScreen />
        </main>
      </div>
    </div>
  );
}

/** On a narrow page the screens stand in a row that scrolls. */
function useCurrentInSight({ screen }: ScreenLocation) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (screen) nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [screen]);
  return nav;
}

/** After a change of screen the focus goes to its content, so that a reader begins there. */
function useFocusOnMove(location: ScreenLocation, main: React.RefObject<HTMLElement | null>) {
  const href = hrefOf(location);
  const last = useRef(href);
  useEffect(() => {
    if (last.current === href) return;
    last.current = href;
    main.current?.scrollTo(0, 0);
    main.current?.focus();
  }, [href, main]);
}
