/** Which file may import which. Read by dependency-cruiser in `npm run check`. */
const DOMAINS =
  'analytics|audio|backups|calibration|connections|inference|libraries|nomarr|playlists|queue|similarity|tagging|tracks';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'the-application-knows-no-electron',
      comment: 'createApp runs headless too; only the entry, the shell and the IPC door may know Electron.',
      severity: 'error',
      from: { path: '^src-main/(app|headless)\\.ts$|^src-main/cli/' },
      to: { path: 'electron', reachable: true },
    },
    {
      name: 'doors-know-no-domain',
      severity: 'error',
      from: { path: '^src-main/(http|ipc)/' },
      to: { path: `^src-main/(${DOMAINS})/` },
    },
    {
      name: 'domains-know-no-door',
      severity: 'error',
      from: {
        path: `^src-main/(${DOMAINS}|auth|settings|events|database)/`,
      },
      to: { path: '^src-main/(http|ipc|shell|cli)/' },
    },
    {
      name: 'a-domain-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^src-main/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: `^src-main/(${DOMAINS}|auth|settings|events|database|logs)/.+`,
        pathNot: ['^src-main/$1/', '/index\\.ts$', '/contract\\.ts$'],
      },
    },
    {
      name: 'audio-is-pure',
      comment: 'Decoding and descriptors are functions of samples: no database, no settings, no other domain.',
      severity: 'error',
      from: { path: '^src-main/audio/' },
      to: { path: '^src-main/', pathNot: ['^src-main/audio/', '^src-main/errors\\.ts$'] },
    },
    {
      name: 'the-window-imports-contracts-only',
      severity: 'error',
      from: { path: '^src-(renderer|preload)/' },
      to: { path: '^src-main/', pathNot: ['contract\\.ts$', '^src-main/(procedure|errors)\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$|^test/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
};
