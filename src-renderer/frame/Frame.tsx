import { type ReactNode, useEffect, useRef } from 'react';
import icon from '../icon.svg';
import { QueueLine } from '../queue/QueueLine';
import { Icon, type IconName } from '../ui';
import styles from './Frame.module.css';
import { hrefOf, type Place, type ScreenName, usePlace } from './location';
import { useShortcuts } from './use-shortcuts';

const SCREENS: readonly {
  screen: ScreenName;
  title: string;
  icon: IconName;
}[] = [
  { screen: 'library', title: 'Library', icon: 'library' },
  { screen: 'queue', title: 'Queue', icon: 'queue' },
  { screen: 'playlists', title: 'Playlists', icon: 'playlist' },
  { screen: 'mixes', title: 'Mixes', icon: 'mix' },
  { screen: 'analytics', title: 'Analytics', icon: 'chart' },
  { screen: 'calibration', title: 'Calibration', icon: 'wave' },
  { screen: 'models', title: 'Models', icon: 'models' },
  { screen: 'connections', title: 'Connections', icon: 'connections' },
  { screen: 'settings', title: 'Settings', icon: 'settings' },
];

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
