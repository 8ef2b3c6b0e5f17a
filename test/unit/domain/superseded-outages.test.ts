import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import { supersedes } from '../../../services/domain/superseded-events.ts';
import type { SyncEvent } from '../../../services/domain/sync-event.ts';

const AT = '2026-11-23T12:00:00.000Z';

function told(id: string, endedAt: string | null): SyncEvent {
  return {
    id: idOf(`event-of-${id}`),
    at: AT,
    mailboxId: idOf('anna'),
    profileId: idOf('imap'),
    kind: 'profile-outage-changed',
    outage: { id, profileId: idOf('imap'), since: AT, failing: 2, mailboxes: 3, endedAt },
  };
}

describe('an outage of a profile that nobody has heard of yet', () => {
  it('is left out once it is over', () => {
    expect(supersedes(told('first', AT), told('first', null))).toBe(true);
  });

  it('still ends where the next one has begun: its card says so', () => {
    expect(supersedes(told('second', null), told('first', AT))).toBe(false);
  });
});
