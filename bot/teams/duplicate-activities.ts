import type { Activity } from 'botbuilder';
import { instantOf } from '../../services/domain/time.ts';
import type { Clock } from '../../services/scheduler/index.ts';
import type { Store } from '../../services/store/index.ts';

const IN_MEMORY = 2_000;
const PREFIX = 'activity:';

/** Answers each activity once, also over a restart; the store forgets them after a day. */
export interface DuplicateActivities {
  /** False if this activity is being answered or was. */
  begin(key: string): Promise<boolean>;
  /** It was answered: until then a crash lets the repetition through. */
  done(key: string): Promise<void>;
  /** It could not be answered: a repetition is welcome. */
  failed(key: string): void;
}

export function createDuplicateActivities(store: Store, clock: Clock): DuplicateActivities {
  /** In order of arrival, so that the oldest goes first. */
  const recent = new Set<string>();
  return {
    async begin(key) {
      if (recent.has(key)) return false;
      recent.add(key);
      if (recent.size > IN_MEMORY) {
        const [oldest] = recent;
        if (oldest !== undefined) recent.delete(oldest);
      }
      return (await store.get('idempotency', `${PREFIX}${key}`)) === undefined;
    },
    async done(key) {
      const at = instantOf(clock.now());
      await store.transact((transaction) =>
        transaction.put('idempotency', { id: `${PREFIX}${key}`, result: 'answered', at }),
      );
    },
    failed(key) {
      recent.delete(key);
    },
  };
}

/** An edited message keeps its id; the moment of the edit tells it from the first one. */
export function duplicateKeyOf(activity: Activity): string | null {
  const id: unknown = activity.id;
  if (typeof id !== 'string' || id === '') return null;
  const moment: unknown = activity.timestamp;
  const edited =
    activity.type === 'messageUpdate' && moment instanceof Date ? `:${moment.getTime()}` : '';
  return `${activity.conversation.id}:${activity.type}:${id}${edited}`;
}
