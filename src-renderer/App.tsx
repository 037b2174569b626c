import { useEffect } from 'react';
import { isWindow, startEvents, stopEvents } from './api';
import { Confirmation, Entrance } from './auth';
import { DropZone } from './drop';
import { Frame } from './frame';
import { Palette } from './palette';
import { Notices, useFocusKeeper } from './ui';

/** The whole page: in a browser behind the login, in the window at once. */
export function App() {
  useFocusKeeper();
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
      <Frame />
      <Palette />
      <Confirmation />
    </DropZone>
  );
}
