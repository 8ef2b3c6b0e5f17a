import type { SetUpQuestion } from '../services/domain/set-up-questions.ts';
import type { Fact, SetUp, Support } from '../services/domain/supported-configuration.ts';

/** Whether a set-up is supported, as far as it is known, and what to ask next. */
export interface SetUpView {
  /** Told by a person; what a profile says about itself is read anew each time. */
  readonly answered: SetUp;
  readonly skipped: readonly Fact[];
  /** Whose profile was read; null for a set-up that somebody only thinks of. */
  readonly mailbox: { readonly mailboxId: string; readonly name: string } | null;
  readonly question: SetUpQuestion | null;
  readonly support: Support;
  /** Titles of the articles that explain the reasons, by topic. */
  readonly titles: Readonly<Record<string, string>>;
}
