import { useLibraries } from '../libraries/use-libraries';
import { useSettings } from '../settings/use-settings';
import { LibraryPage } from '../tracks/LibraryPage';
import { WelcomePage } from './WelcomePage';
import { useWelcome } from './welcome-store';

/** The library; in an application that nobody has used yet the way to one. */
export function LibraryScreen() {
  const libraries = useLibraries();
  const settings = useSettings();
  const isListening = useWelcome(({ step }) => step === 'listening');
  if (isListening) return <WelcomePage />;
  if (libraries.data?.length !== 0 || settings.data?.welcomed || settings.error) return <LibraryPage />;
  return settings.data && <WelcomePage />;
}
