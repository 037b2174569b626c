import { statfs } from 'node:fs/promises';

/** The numbers by which Linux tells file systems that other machines change: NFS, SMB and CIFS, 9P, FUSE, AFS, Ceph. */
const ELSEWHERE = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x01021997, 0x65735546, 0x5346414f, 0x00c36400]);

/** Whether a folder lies on another machine, whose changes this one's system is not told of. */
export async function isOnNetwork(folder: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform === 'win32') return /^\\\\/.test(folder);
  if (platform !== 'linux') return false;
  const { type } = await statfs(folder).catch(() => ({ type: 0 }));
  return ELSEWHERE.has(type);
}
