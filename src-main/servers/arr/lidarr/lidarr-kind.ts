import { defineKind } from '../../connection-kinds';
import { type OpenConnection, SKIP_TLS_FIELD, type Tested } from '../../connections';
import { createLidarr } from './lidarr';
import { createLidarrClient, LIDARR, type LidarrClient } from './lidarr-client';
import { LidarrOptions } from './options';

export const lidarrKind = defineKind({
  ...LIDARR,
  summary: 'Reports what it imports, renames and deletes, so that new music is tagged at once.',
  urlExample: 'http://192.168.1.2:8686',
  options: LidarrOptions,
  fields: [
    {
      name: 'secret',
      label: 'API key',
      hint: 'In Lidarr under Settings → General → Security.',
      type: 'password',
      isRequired: true,
      initial: '',
    },
    {
      name: 'writeTags',
      label: 'Write tags into imported files',
      hint: 'Else they are only analyzed. The write mode of the library decides which tags.',
      type: 'switch',
      isRequired: false,
      initial: true,
    },
    {
      name: 'quietS',
      label: 'Seconds a new file has to stay unchanged before it is analyzed',
      hint: 'Lidarr writes its own tags while it imports.',
      type: 'number',
      isRequired: false,
      initial: 20,
    },
    SKIP_TLS_FIELD,
  ],
  test: testLidarr,
  create: createLidarr,
});

async function testLidarr(connection: OpenConnection): Promise<Tested> {
  const client = createLidarrClient(connection);
  try {
    const { version = null } = await client.identify();
    return { version, warnings: await warningsOf(client) };
  } finally {
    client.close();
  }
}

/** Settings of Lidarr that destroy our tags or fight them. One that cannot be read is not warned of. */
async function warningsOf(client: LidarrClient): Promise<string[]> {
  const [tags, files] = await Promise.all([
    client.metadataProvider().catch(() => undefined),
    client.mediaManagement().catch(() => undefined),
  ]);
  const writes = tags?.writeAudioTags && tags.writeAudioTags !== 'no';
  const warnings: (string | false | null | undefined)[] = [
    tags?.scrubAudioTags &&
      'Lidarr removes all tags, ours too, whenever it writes its own. Switch off "Scrub Existing Tags" in Lidarr under Settings → Metadata.',
    (tags?.writeAudioTags === 'allFiles' || tags?.writeAudioTags === 'sync') &&
      'Lidarr keeps the tags of all files as it wants them: a genre that another program writes is changed back. Tonearm writes no genre into the common field.',
    writes &&
      files?.fileDate &&
      files.fileDate !== 'none' &&
      'Lidarr sets the dates of files. Tonearm then recognises a changed file by its size alone.',
    files?.recycleBin && `Lidarr moves deleted files to ${files.recycleBin}. Keep that folder out of the libraries.`,
  ];
  return warnings.filter((warning): warning is string => Boolean(warning));
}
