import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileStore, type Store } from '../../../services/store/index.ts';
import { MIGRATIONS, type Migration } from '../../../services/store/migrations.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { silentLog } from '../../support/silent-log.ts';
import { auditEntry, mailboxState, outboxRow, usedKey } from '../../support/store-records.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const clock = createFakeScheduler();
const open = (directory: string, log = silentLog): Promise<Store> =>
  openFileStore({ directory, log, clock });

async function putMailbox(store: Store, id: string, version = 1): Promise<void> {
  await store.transact((transaction) =>
    transaction.put('mailboxStates', mailboxState(id, { version })),
  );
}

/** The preferences' file is the only one of its collection: easy to break. */
async function putPreference(store: Store, id: string, timeZone: string): Promise<void> {
  await store.transact((transaction) =>
    transaction.put('preferences', { id, language: 'sv', clientLanguage: null, timeZone }),
  );
}

async function timeZones(store: Store): Promise<Record<string, string | null>> {
  const all = await store.find('preferences');
  return Object.fromEntries(all.map(({ id, timeZone }) => [id, timeZone]));
}

/** Closes (a checkpoint) after each change, so that file, backup and redo log are all of another age. */
async function threeRuns(directory: string): Promise<void> {
  for (const [id, zone] of [
    ['anna', 'one'],
    ['bo', 'two'],
    ['anna', 'three'],
  ] as const) {
    const store = await open(directory);
    await putPreference(store, id, zone);
    await store.close();
  }
}
const afterThreeRuns = { anna: 'three', bo: 'two' };

describe('the files of the store', () => {
  it('are for the account of the bot alone', async () => {
    const directory = join(await temporaryDirectory(), 'data');
    const store = await open(directory);
    await store.transact(async (transaction) => {
      await transaction.put('mailboxStates', mailboxState('anna'));
      await transaction.audit(auditEntry('anna'));
    });
    await store.close();
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(4);
    for (const entry of entries) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o777, entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it('keep apart what changes at different rates', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    await putMailbox(store, 'anna');
    await putPreference(store, 'anna', 'Europe/Stockholm');
    await store.close();
    const before = await readFile(join(directory, 'preferences.json'), 'utf8');
    const again = await open(directory);
    await putMailbox(again, 'anna', 2);
    await again.close();
    expect(await readFile(join(directory, 'preferences.json'), 'utf8')).toBe(before);
  });

  it('do not grow with the number of commits', async () => {
    const directory = await temporaryDirectory();
    for (let run = 0; run < 4; run++) {
      const store = await open(directory);
      for (let version = 0; version < 5; version++) await putMailbox(store, 'anna', version);
      await store.close();
    }
    expect((await readdir(join(directory, 'redo'))).length).toBeLessThanOrEqual(10);
  });
});

describe('a file that was damaged', () => {
  const damages: Record<string, (path: string) => Promise<void>> = {
    'is cut in half': async (path) => truncate(path, Math.floor((await stat(path)).size / 2)),
    'is empty': (path) => truncate(path, 0),
    'holds something else': (path) => writeFile(path, '{"rows": "none"}'),
    'has gone': (path) => rm(path),
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`${what}: backup and redo log restore all of it`, async () => {
      const directory = await temporaryDirectory();
      await threeRuns(directory);
      await damage(join(directory, 'preferences.json'));
      const log = createRecordingLog();
      const store = await open(directory, log);
      expect(await timeZones(store)).toEqual(afterThreeRuns);
      expect(log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', event: 'store-file-restored' }),
      );
      await store.close();
      const again = await open(directory);
      expect(await timeZones(again)).toEqual(afterThreeRuns);
      await again.close();
      const kept = (await readdir(directory)).filter((name) => name.includes('.corrupt-'));
      expect(kept).toHaveLength(what === 'has gone' ? 0 : 1);
    });
  }

  it('loses nothing either when it had not changed for many checkpoints', async () => {
    const directory = await temporaryDirectory();
    await threeRuns(directory);
    for (let run = 0; run < 3; run++) {
      const store = await open(directory);
      await putMailbox(store, 'anna', run);
      await store.close();
    }
    await truncate(join(directory, 'preferences.json'), 10);
    const store = await open(directory);
    expect(await timeZones(store)).toEqual(afterThreeRuns);
    await store.close();
  });

  it('stops the start when the backup is damaged too, naming both and the way out', async () => {
    const directory = await temporaryDirectory();
    await threeRuns(directory);
    await truncate(join(directory, 'preferences.json'), 10);
    await truncate(join(directory, 'preferences.json.bak'), 0);
    await expect(open(directory)).rejects.toMatchObject({
      code: 'store-corrupt',
      detail: expect.stringMatching(
        /^preferences\.json is not JSON.*preferences\.json\.bak.*put both back from a copy/,
      ) as string,
    });
    // The advice works, and the refused start has left no lock behind.
    await rm(join(directory, 'preferences.json'));
    await rm(join(directory, 'preferences.json.bak'));
    const store = await open(directory);
    await store.close();
  });

  it('stops the start when it is a commit that no other file has', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    await putMailbox(store, 'anna');
    const copy = await readFile(join(directory, 'redo', '000000000001.json'), 'utf8');
    await store.close();
    const crashed = await temporaryDirectory();
    await (await open(crashed)).close();
    await writeFile(join(crashed, 'redo', '000000000001.json'), copy.slice(0, -20));
    await expect(open(crashed)).rejects.toMatchObject({
      code: 'store-corrupt',
      detail: expect.stringContaining('redo/000000000001.json') as string,
    });
    await writeFile(join(crashed, 'redo', '000000000001.json'), copy);
    const replayed = await open(crashed);
    expect(await replayed.get('mailboxStates', 'anna')).toEqual(mailboxState('anna'));
    await replayed.close();
  });

  it('is no trouble when it is an old commit that every file has', async () => {
    const directory = await temporaryDirectory();
    await threeRuns(directory);
    const [oldest = ''] = (await readdir(join(directory, 'redo'))).sort();
    await truncate(join(directory, 'redo', oldest), 5);
    const log = createRecordingLog();
    const store = await open(directory, log);
    expect(await timeZones(store)).toEqual(afterThreeRuns);
    expect(log.lines.map(({ event }) => event)).toContain('redo-unreadable');
    await store.close();
  });

  it('leaves half-written files of a crash out of account and removes them', async () => {
    const directory = await temporaryDirectory();
    await threeRuns(directory);
    await writeFile(join(directory, 'preferences.json.tmp'), '{"schema":1,"se');
    await writeFile(join(directory, 'redo', '000000000099.json.tmp'), '{"schema":1,"se');
    const store = await open(directory);
    expect(await timeZones(store)).toEqual(afterThreeRuns);
    const names = await readdir(directory, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await store.close();
  });
});

describe('the schema of the store', () => {
  async function rewrite(directory: string, change: (file: string) => string): Promise<void> {
    const path = join(directory, 'idempotency-00.json');
    for (const name of await readdir(directory)) {
      if (!name.startsWith('idempotency') || !name.endsWith('.json')) continue;
      const each = join(directory, name);
      await writeFile(each, change(await readFile(each, 'utf8')));
    }
    await rm(join(directory, 'redo'), { recursive: true });
    expect(path).toContain(directory);
  }
  async function storeWithKey(): Promise<string> {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    await store.transact((transaction) => transaction.put('idempotency', usedKey('key', 'old')));
    await store.close();
    return directory;
  }

  it('refuses files that a newer version wrote', async () => {
    const directory = await storeWithKey();
    await rewrite(directory, (file) => file.replace(/"schema":\d+/, '"schema":7'));
    await expect(open(directory)).rejects.toMatchObject({
      code: 'store-too-new',
      detail: expect.stringMatching(/idempotency-\d\d\.json has schema 7.*up to \d+/) as string,
    });
  });

  it('names file, record and field of what does not belong', async () => {
    const directory = await storeWithKey();
    await rewrite(directory, (file) => file.replace('"result":"old"', '"result":5'));
    await expect(open(directory)).rejects.toMatchObject({
      code: 'record-invalid',
      detail: expect.stringMatching(
        /^idempotency-\d\d\.json: idempotency record "key": result: /,
      ) as string,
    });
  });

  it('brings old records up to date, from files and from the redo log, once each', async () => {
    const next = MIGRATIONS.length + 2;
    const migration = (to: number): Migration => ({
      to,
      records: {
        idempotency: (record) => ({ ...record, result: `${String(record['result'])}, then ${to}` }),
      },
    });
    const migrations = [...MIGRATIONS, migration(next), migration(next + 1)];
    const directory = await storeWithKey();
    for (let start = 0; start < 3; start++) {
      const store = await openFileStore({ directory, log: silentLog, clock, migrations });
      expect((await store.get('idempotency', 'key'))?.result).toBe(
        `old, then ${next}, then ${next + 1}`,
      );
      await store.close();
    }
    await expect(open(directory)).rejects.toMatchObject({ code: 'store-too-new' });
  });
});

describe('the audit file', () => {
  const subjects = async (store: Store): Promise<string[]> =>
    (await store.readAudit(100)).map(({ subject }) => subject);

  it('survives a torn last line: the redo log has it', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    for (const subject of ['one', 'two', 'three']) {
      await store.transact((transaction) => transaction.audit(auditEntry(subject)));
    }
    await store.close();
    const path = join(directory, 'audit.jsonl');
    await truncate(path, (await stat(path)).size - 15);
    const again = await open(directory);
    expect(await subjects(again)).toEqual(['three', 'two', 'one']);
    await again.transact((transaction) => transaction.audit(auditEntry('four')));
    expect(await subjects(again)).toEqual(['four', 'three', 'two', 'one']);
    await again.close();
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('is read backwards over any number of blocks', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    const long = (number: number): string => `${number} ${'å'.repeat(300 + (number % 7))}`;
    await store.transact(async (transaction) => {
      for (let number = 1; number <= 500; number++) {
        await transaction.audit(auditEntry(long(number)));
      }
    });
    const expected = Array.from({ length: 500 }, (_, index) => long(500 - index));
    expect(await store.readAudit(500).then((all) => all.map(({ subject }) => subject))).toEqual(
      expected,
    );
    await store.close();
  });
});

describe('retention', () => {
  it('forgets used keys, delivered rows and finished work in time, and nothing that is open', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    await store.transact(async (transaction) => {
      await transaction.put('idempotency', usedKey('key'));
      await transaction.put('outbox', outboxRow('delivered', { state: 'delivered' }));
      await transaction.put('outbox', outboxRow('due'));
      await transaction.put('mailboxStates', mailboxState('anna'));
    });
    await store.close();
    const day = 24 * 3_600_000;
    const reopened = async (days: number): Promise<string[]> => {
      const later = { now: () => clock.now() + days * day };
      const again = await openFileStore({ directory, log: silentLog, clock: later });
      const rows = [
        ...(await again.find('idempotency')),
        ...(await again.find('outbox')),
        ...(await again.find('mailboxStates')),
      ].map(({ id }) => id);
      await again.close();
      return rows.sort();
    };
    expect(await reopened(0.5)).toEqual(['anna', 'delivered', 'due', 'key']);
    expect(await reopened(2)).toEqual(['anna', 'delivered', 'due']);
    expect(await reopened(31)).toEqual(['anna', 'due']);
    expect(await reopened(3_650)).toEqual(['anna', 'due']);
  });

  it('forgets threads and groups that nobody wrote in for 90 days, never a person’s conversation', async () => {
    const directory = await temporaryDirectory();
    const store = await open(directory);
    await store.transact(async (transaction) => {
      for (const scope of ['personal', 'group', 'channel'] as const) {
        await transaction.put('conversations', {
          id: scope,
          scope,
          userId: null,
          tenantId: 'contoso',
          reference: {},
          state: 'reachable',
          seenAt: new Date(clock.now()).toISOString(),
        });
      }
    });
    await store.close();
    const after = async (days: number): Promise<string[]> => {
      const later = { now: () => clock.now() + days * 24 * 3_600_000 };
      const again = await openFileStore({ directory, log: silentLog, clock: later });
      const ids = (await again.find('conversations')).map(({ id }) => id);
      await again.close();
      return ids.sort();
    };
    expect(await after(89)).toEqual(['channel', 'group', 'personal']);
    expect(await after(91)).toEqual(['personal']);
  });
});
