import { Component, type ReactNode, Suspense } from 'react';
import { screenOf, useScreenLocation } from '../router';
import { Failed } from '../ui';

/** The screen where the page is, fetched when it is shown for the first time. */
export function CurrentScreen() {
  const location = useScreenLocation();
  const { component: Screen } = screenOf(location.screen);
  return (
    <ScreenBoundary key={location.screen}>
      <Suspense fallback={<Fetching />}>
        <Screen {...location} />
      </Suspense>
    </ScreenBoundary>
  );
}

function Fetching() {
  return (
    <p className="visually-hidden" role="status">
      Loading …
    </p>
  );
}

interface BoundaryState {
  readonly error: Error | undefined;
}

/** A screen that cannot be fetched or drawn leaves the frame standing, and says why. */
class ScreenBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    // A part of the page that was not found may belong to a build that is gone: only a new page finds the present one.
    return error ? <Failed error={error} onRetry={() => window.location.reload()} /> : this.props.children;
  }
}
