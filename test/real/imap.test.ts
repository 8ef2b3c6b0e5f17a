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
      if (outcome.outcome !== 'passed') throw new TypeError(outcome.outcome);
      expect(outcome.messageCount).toBe(0);
      expect(outcome.lastSeenUid).toMatch(/^\d+:1:0$/);
      expect(evidenceOf(outcome, 'folder')).toBe('INBOX');
    });
  },
);
