import type { TestContext } from 'vitest';
import { openDynamicsWorld, startDynamicsWorld } from './dynamics-world.ts';
import { openMailWorld, startMailWorld } from './mail-world.ts';
import type { StoryWorld } from './story-world.ts';

/** Whose mailboxes can be made to fail, and what is in both worlds under the same name. */
export type BreakableUser = 'erik.ek' | 'nils.ny';
export type KnownMailbox = 'Erik Ek' | 'Nils Ny' | 'Kundtjänst' | 'Eva Holm';

/** The same people and mailboxes with our own engine, and with Dynamics 365. */
export interface BothWorld extends StoryWorld {
  readonly ids: Readonly<Record<KnownMailbox, string>>;
  /** From now on the mail server does not accept the user's password. */
  breaks(user: BreakableUser): void;
  mends(user: BreakableUser): void;
  /** What nobody may ever read in an output, a file or a card. */
  secrets(): readonly string[];
  /** How often the mailbox has been tested. */
  attempts(user: BreakableUser): number;
}

/** For `describe.each`: every story that makes sense on both is told on both. */
export const BOTH_ENGINES: readonly {
  readonly engine: string;
  readonly start: () => Promise<BothWorld>;
  /** For one test. */
  readonly open: (context: Pick<TestContext, 'onTestFinished'>) => Promise<BothWorld>;
}[] = [
  { engine: 'our own engine', start: startMailWorld, open: openMailWorld },
  { engine: 'Dynamics 365', start: startDynamicsWorld, open: openDynamicsWorld },
];
