import { chown, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProbes } from '../../services/probes/index.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { PASSWORD, type PrivateDovecot, startPrivateDovecot } from '../support/private-dovecot.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';

const USERS = { imap: 'alice', pop3: 'bob' } as const;

describe.skipIf(!canRunMailServers())('new messages at a Dovecot', () => {
  let dovecot: PrivateDovecot;
  const { probes } = createProbes();
  let delivered = 0;

  beforeAll(async () => {
    dovecot = await startPrivateDovecot();
  });
  afterAll(() => dovecot.stop());

  const maildirOf = (user: string): string => join(dovecot.directory, 'home', user, 'Maildir');

  async function deliver(user: string, messages: number): Promise<void> {
    const { uid, gid } = await stat(join(dovecot.directory, 'home'));
    const created = join(maildirOf(user), 'new');
    await mkdir(created, { recursive: true });
    for (let message = 0; message < messages; message += 1) {
      delivered += 1;
      const file = join(created, `${1_700_000_000 + delivered}.M${delivered}.test`);
      await writeFile(file, `Subject: Offer ${delivered}\r\n\r\nHello\r\n`);
    }
    const root = join(dovecot.directory, 'home', user);
    for (const path of ['', ...(await readdir(root, { recursive: true }))]) {
      await chown(join(root, path), uid, gid);
    }
  }

  async function removeNewest(user: string, messages: number): Promise<void> {
    const current = join(maildirOf(user), 'cur');
    const names = (await readdir(current)).sort();
    for (const name of names.slice(-messages)) await rm(join(current, name));
  }

  /** As after a restored backup: all messages get other UIDs under another UIDVALIDITY. */
  async function renumber(user: string, uidValidity: number): Promise<void> {
    for (const name of await readdir(maildirOf(user))) {
      if (name.startsWith('dovecot')) await rm(join(maildirOf(user), name), { recursive: true });
    }
    const list = join(maildirOf(user), 'dovecot-uidlist');
    await writeFile(list, `3 V${uidValidity} N1 G0123456789abcdef0123456789abcdef\n`);
    const { uid, gid } = await stat(maildirOf(user));
    await chown(list, uid, gid);
  }

  describe.for(['imap', 'pop3'] as const)('by %s', (protocol) => {
    const user = USERS[protocol];
    let lastSeenUid: string | null = null;

    async function look(): Promise<number | null> {
      const port = protocol === 'imap' ? dovecot.ports.imaps : dovecot.ports.pop3s;
      const endpoint = { protocol, host: 'localhost', port, tls: 'implicit' } as const;
      const request = probeRequest(endpoint, passwordOf(PASSWORD, `${user}@example.test`), {
        certificateAuthorities: [dovecot.certificates.authority],
        lastSeenUid,
      });
      const outcome = await probes[protocol]!.run(request);
      if (outcome.outcome !== 'passed') throw new TypeError(JSON.stringify(outcome));
      lastSeenUid = outcome.lastSeenUid;
      return outcome.newMessages ?? null;
    }

    it('are listed and counted from look to look, whatever is deleted in between', async () => {
      await deliver(user, 3);
      expect(await look()).toBeNull();
      expect(await look()).toBe(0);
      await deliver(user, 2);
      expect(await look()).toBe(2);
      expect(await look()).toBe(0);
      await removeNewest(user, 1);
      expect(await look()).toBe(0);
      await removeNewest(user, 1);
      await deliver(user, 4);
      expect(await look()).toBe(4);
    });

    // Dovecot's POP3 ids are made of the same numbers: they would all be new (pop3-arrivals.ts).
    if (protocol === 'pop3') return;
    it('are not the old ones when UIDVALIDITY changes', async () => {
      await renumber(user, 1_000_000_001);
      expect(await look()).toBe(0);
      expect(lastSeenUid).toMatch(/^1000000001:/);
      await renumber(user, 1_000_000_002);
      await deliver(user, 2);
      expect(await look()).toBe(2);
      expect(lastSeenUid).toMatch(/^1000000002:/);
    });
  });
});
