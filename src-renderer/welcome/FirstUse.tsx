import { type ReactNode, Suspense } from 'react';
import { useLibraries } from '../libraries';
import { lazyComponent } from '../router';
import { useSettings } from '../settings';
import { useWelcome } from './welcome-store';

const WelcomePage = lazyComponent(() => import('./WelcomePage').then((page) => page.WelcomePage));

/** The library; in an application that nobody has used yet the way to one. */
export function FirstUse({ children }: { children: ReactNode }) {
  const libraries = useLibraries();
  const settings = useSettings();
  const isAnalyzing = useWelcome(({ step }) => step === 'analysis');
  const isUsed = libraries.data?.length !== 0 || settings.data?.welcomed || settings.error;
  if (isUsed && !isAnalyzing) return children;
  return (
    (settings.data || isAnalyzing) && (
      <Suspense>
        <WelcomePage />
      </Suspense>
    )
  );
}
