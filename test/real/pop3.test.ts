import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { createPop3Client } from '../../services/probes/pop3-client.ts';
import { PASSWORD } from '../support/private-dovecot.ts';
import { summaryOf } from '../support/probe-request.ts';
import { receivingTests } from './receiving.ts';

receivingTests(
  {
    protocol: 'pop3',
    ports: ({ ports }) => ({ implicit: ports.pop3s, starttls: ports.pop3 }),
    // PASS opens the maildrop.
    brokenStoreAt: 'authenticate',
  },
  (dovecot, attempt) => {
    it('counts the messages', async () => {
      expect(await attempt()).toMatchObject({ messageCount: 0, lastSeenUid: '0:' });
    });

    it('knows a mailbox that another session has locked, once Dovecot has waited its 10 s', async () => {
      const { ports, certificates } = dovecot();
      const socket = connect({ host: 'localhost', port: ports.pop3s, ca: certificates.authority });
      const holder = createPop3Client(socket);
      await holder.greeting();
      await holder.signInWithPassword('bob@example.test', PASSWORD);

      const [patient, hasty] = await Promise.all([
        attempt({ user: 'bob', request: { deadlineMs: 30_000 } }),
        attempt({ user: 'bob', request: { deadlineMs: 1_000 } }),
      ]);
      expect(summaryOf(patient)).toBe('failed authenticate mailbox-locked transient mailbox');
      expect(summaryOf(hasty)).toBe('failed authenticate timeout transient mailbox');

      await holder.quit();
      socket.destroy();
      expect(summaryOf(await attempt({ user: 'bob' }))).toBe('passed');
    });
  },
);
