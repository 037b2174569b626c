/** What every screen is made of; knows no domain. */
export { Badge, type Tone } from './Badge';
export { Button } from './Button';
export { copyText } from './copy-text';
export { Dialog } from './Dialog';
export { Field, Select, SelectField, SwitchField, TextField } from './Field';
export { Grid } from './Grid';
export type { Column } from './grid-column';
export { Icon, type IconName } from './icons';
export { Empty, Failed, Loaded } from './Loaded';
export { attempt, Notices, tellDone, tellFailed } from './notices';
export { Page, Panel } from './Page';
export { Progress } from './Progress';
export { RemovalDialog } from './RemovalDialog';
export { applyTheme, chooseTheme, type Theme, useTheme } from './theme';
export { useLater } from './use-later';
export { useModal } from './use-modal';
export * from './words';
