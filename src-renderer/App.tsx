import { useEffect } from 'react';
import { AnalyticsPage } from './analytics/AnalyticsPage';
import { isWindow, startEvents, stopEvents } from './api';
import { Entrance } from './auth/Entrance';
import { CalibrationPage } from './calibration/CalibrationPage';
import { ConnectionsPage } from './connections/ConnectionsPage';
import { DropZone } from './drop/DropZone';
import { Frame } from './frame/Frame';
import { usePlace } from './frame/location';
import { ModelsPage } from './models/ModelsPage';
import { Palette } from './palette/Palette';
import { BuilderPage } from './playlists/BuilderPage';
import { ImportPage } from './playlists/import/ImportPage';
import { NavidromePage } from './playlists/NavidromePage';
import { PlaylistsPage } from './playlists/PlaylistsPage';
import { QueuePage } from './queue/QueuePage';
import { SettingsPage } from './settings/SettingsPage';
import { MixesPage } from './similarity/MixesPage';
import { TrackPage } from './tracks/TrackPage';
import { Notices } from './ui';
import { LibraryScreen } from './welcome/LibraryScreen';

/** The whole page: in a browser behind the login, in the window at once. */
export function App() {
  return (
    <>
      {isWindow ? <Inside /> : <Entrance>{<Inside />}</Entrance>}
      <Notices />
    </>
  );
}

function Inside() {
  useEffect(() => {
    startEvents();
    return stopEvents;
  }, []);
  return (
    <DropZone>
      <Frame>
        <Screen />
      </Frame>
      <Palette />
    </DropZone>
  );
}

function Screen() {
  const place = usePlace();
  switch (place.screen) {
    case 'library':
      return <LibraryScreen />;
    case 'track':
      return <TrackPage id={place.id} />;
    case 'playlists':
      return <PlaylistsPage />;
    case 'playlist':
      return <BuilderPage key={place.id} id={place.id} />;
    case 'navidrome-config':
      return <NavidromePage />;
    case 'queue':
      return <QueuePage />;
    case 'import':
      return <ImportPage />;
    case 'mixes':
      return <MixesPage />;
    case 'calibration':
      return <CalibrationPage />;
    case 'analytics':
      return <AnalyticsPage />;
    case 'models':
      return <ModelsPage />;
    case 'connections':
      return <ConnectionsPage />;
    case 'settings':
      return <SettingsPage />;
  }
}
