import { createMailboxTurns } from '../mailbox-turns.ts';
import type { SyncEngine } from '../sync-engine.ts';
import type { ChangesParts } from './changes-parts.ts';
import { decideAddress } from './decide-address.ts';
import { createTestFollower } from './follow-test.ts';
import { testAndEnable } from './test-and-enable.ts';

export interface Actions
  extends Pick<SyncEngine, 'approve' | 'reject' | 'testAndEnable' | 'testRun'> {
  /** Goes on following the tests that were under way when the program stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Approve, reject, test & enable: as the person who presses, one after the other for a mailbox. */
export function createActions(parts: ChangesParts): Actions {
  const { store } = parts;
  const turns = createMailboxTurns();
  const follower = createTestFollower(parts);
  return {
    approve: (mailboxId, context) =>
      turns.alone(mailboxId, async () => {
        const answer = await decideAddress(parts, mailboxId, 'approved', context);
        if (answer.kind === 'decided') return { ...answer, kind: 'approved' };
        return answer.kind === 'already-decided' ? { ...answer, kind: 'already-approved' } : answer;
      }),
    reject: (mailboxId, context) =>
      turns.alone(mailboxId, async () => {
        const answer = await decideAddress(parts, mailboxId, 'rejected', context);
        if (answer.kind === 'decided') return { ...answer, kind: 'rejected' };
        return answer.kind === 'already-decided' ? { ...answer, kind: 'already-rejected' } : answer;
      }),
    testAndEnable: (mailboxId, context) =>
      turns.alone(mailboxId, () => testAndEnable(parts, follower, mailboxId, context)),
    testRun: (id) => store.get('testRuns', id),
    async start() {
      for (const state of ['queued', 'running'] as const) {
        for (const run of await store.find('testRuns', { state })) follower.follow(run);
      }
    },
    stop: () => follower.stop(),
  };
}
