import type { AlertSlots } from '../domain/alert.ts';
import type { AlertTemplate, Article } from '../domain/article.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { TopicId } from '../domain/ids.ts';
import type { Direction } from '../domain/mailbox.ts';
import type { FollowUp } from './questions/follow-up.ts';

/** One alert to be written in the product's own words (design.md §4, round trip). */
export interface AlertRendering {
  readonly article: Article;
  /** A language some template of the article is written in. */
  readonly lang: string;
  readonly generation: AlertTemplate['generation'];
  /** `both` where one wording speaks of sending and receiving at once. */
  readonly direction: Direction | 'both';
  readonly slots: AlertSlots;
}

/** What the rest of the product knows of the articles and of matching texts to them. */
export interface Knowledge {
  articles(): readonly Article[];
  article(topic: TopicId): Article | null;
  /** Any text of any size: a long one yields to the event loop at least every 10 ms. */
  diagnose(text: string): Promise<Diagnosis>;
  /** The same answer in one go; for texts that a person can have typed (up to about 28 KB). */
  diagnoseNow(text: string): Diagnosis;
  /**
   * Learns the questions in small turns, where the build has not done it or an article was edited
   * since. The first question would do it otherwise, and wait for some seconds.
   */
  learnQuestions(): Promise<void>;
  /**
   * What of the article that was just shown a short text asks for; null where it is a question of
   * its own. Only worth asking in a conversation that has such an article.
   */
  followUp(text: string): FollowUp | null;
  /** The documented wording, or null where none speaks of this language, generation and direction. */
  renderAlert(rendering: AlertRendering): string | null;
}
