import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../../services/store/index.ts';
import { createFakeScheduler } from '../support/fake-scheduler.ts';
import { silentLog } from '../support/silent-log.ts';
import { describeStoreContract } from './store.contract.ts';

describeStoreContract('the file store', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-store-'));
  const redo = join(directory, 'redo');
  return {
    open: () => openFileStore({ directory, log: silentLog, clock: createFakeScheduler() }),
    durableText: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && !file.name.endsWith('.tmp'))
        .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
        .join('\n'),
    // Permissions would not stop root; a folder that has gone stops everybody.
    setWritable: (writable) =>
      writable ? rename(`${redo}-away`, redo) : rename(redo, `${redo}-away`),
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
});
