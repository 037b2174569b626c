import { Dialog, Loaded, number } from '../ui';
import styles from './Analytics.module.css';
import { closeMood, openMood } from './analytics-store';
import { Bars } from './Bars';
import { useCompany } from './use-analytics';

/** What else is true of the tracks that have a mood. */
export function MoodDialog({ mood }: { mood: string }) {
  return (
    <Dialog title={`Tracks with the mood “${mood}”`} onClose={closeMood} closeLabel="Close">
      <Loaded of={useCompany(mood)}>
        {(company) => (
          <>
            <p>{number(company.total_occurrences)} tracks. The percentages are of these.</p>
            <h3>Other moods</h3>
            <Bars bars={company.mood_co_occurrences} onOpen={openMood} none="They have no other moods." />
            <h3>Genres in the files</h3>
            <Bars bars={company.genre_distribution} none="The files name no genres." />
            <h3>Artists</h3>
            <div className={styles.last}>
              <Bars bars={company.artist_distribution} none="The files name no artists." />
            </div>
          </>
        )}
      </Loaded>
    </Dialog>
  );
}
