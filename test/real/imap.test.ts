import { expect, it } from 'vitest';
import { QUOTA_BYTES, USED_BYTES } from '../support/private-dovecot.ts';
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

    it('tells how much of its quota a mailbox has used, to who asks', async () => {
      const asking = { request: { askQuota: true } };
      const told = await attempt({ user: 'filling', ...asking });
      expect(told).toMatchObject({
        outcome: 'passed',
        quotas: [{ resource: 'storage', used: USED_BYTES, allowed: QUOTA_BYTES }],
      });
      expect(await attempt({ user: 'filling' })).not.toHaveProperty('quotas');
      expect(await attempt({ user: 'alice', ...asking })).toMatchObject({ quotas: [] });
    });
  },
);
