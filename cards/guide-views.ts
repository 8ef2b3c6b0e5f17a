import type { Article } from '../services/domain/article.ts';
import type { StepOutcome } from '../services/domain/guide.ts';
import type { Instant } from '../services/domain/time.ts';
import type { MailboxView, StepView } from './views.ts';

/** A step of the article that fits, and what was said of it. */
export interface GuideStepView {
  readonly view: StepView;
  /** Place among the article's steps, from 0: what a button names it by. */
  readonly step: number;
  readonly mark: {
    readonly outcome: StepOutcome;
    readonly byName: string;
    readonly at: Instant;
  } | null;
}

/** Another cause that may be it. */
export interface NextCause {
  readonly topic: string;
  readonly title: string;
  /** `test`: it is what the last test said. `related`: the article names it. */
  readonly from: 'test' | 'related';
}

export interface GuideView {
  readonly guideId: string;
  readonly article: Article;
  /** Null where none is known, or the reader may not see it. */
  readonly mailbox: MailboxView | null;
  /** A mailbox is known: only a test ends the guide. */
  readonly needsTest: boolean;
  readonly steps: readonly GuideStepView[];
  /** Index into `steps`; null when all have been gone through. */
  readonly at: number | null;
  readonly state:
    | { readonly kind: 'going' }
    | { readonly kind: 'testing'; readonly byName: string }
    | { readonly kind: 'solved'; readonly byName: string; readonly when: Instant | null }
    /** `same`: the test says what the article is about, as before. */
    | { readonly kind: 'failed'; readonly when: Instant | null; readonly same: boolean };
  /** Titles of what was gone through before. */
  readonly tried: readonly string[];
  readonly next: NextCause | null;
}
