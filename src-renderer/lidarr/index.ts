/** Lidarr: its webhook, the folders that it and Tonearm share, and what it told. */
export { lidarr } from './feature';
