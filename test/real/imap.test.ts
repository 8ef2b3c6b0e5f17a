import { expect, it } from 'vitest';
import { evidenceOf } from '../support/probe-request.ts';
import { receivingTests } from './receiving.ts';

receivingTests(
  {
    protocol: 'imap',
    ports: ({ ports }) => ({ implicit: ports.imaps, starttls: ports.imap }),
    brokenStoreAt: 'authorise',
  },
  (_dovecot, attempt) => {
    it('counts the messages and knows the next UID', async () => {
      const outcome = await attempt();
      expect(outcome).toMatchObject({ messageCount: 0, lastSeenUid: '1' });
      expect(evidenceOf(outcome, 'folder')).toBe('INBOX');
    });
  },
);
