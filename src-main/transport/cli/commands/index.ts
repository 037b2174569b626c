/** The commands of `nom`, a file each. */
export { addAccessCommands } from './access';
export { addAnalyzeCommand } from './analyze';
export { addBackupCommands } from './backup';
export { addCalibrationCommands } from './calibrate';
export { addDemoCommands } from './demo';
export { addImportPlaylistCommand } from './import-playlist';
export { addLibraryCommands } from './libraries';
export { addManageCommands } from './manage';
export { addModelCommands } from './models';
export { addPlaylistCommands } from './playlists';
export { addQueueCommands } from './queue';
export { addRunCommand } from './run';
export { addServeCommands } from './serve';
export { addSimilarCommands } from './similar';
export { addTagCommands } from './tags';
export { addUserCommands } from './user';
export { addVerifyCommand } from './verify';
