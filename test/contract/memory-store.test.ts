import { COLLECTION_NAMES } from '../../services/store/collections.ts';
import { createFakeScheduler } from '../support/fake-scheduler.ts';
import { createMemoryDisk, createMemoryStore } from '../support/memory-store.ts';
import { describeStoreContract } from './store.contract.ts';

describeStoreContract('the memory store of the tests', async () => {
  const disk = createMemoryDisk();
  return {
    open: async () => createMemoryStore({ clock: createFakeScheduler(), disk }),
    durableText: () =>
      JSON.stringify([
        COLLECTION_NAMES.map((collection): unknown => [...disk.tables[collection].entries()]),
        disk.audit,
      ]),
    async setWritable(writable) {
      disk.full = !writable;
    },
    dispose: async () => undefined,
  };
});
