import type { Instant } from '../services/domain/time.ts';

/** What looking after the articles shows; made by bot/present. */

/** A draft on its way to being published. */
export interface ArticleEditorView {
  readonly topic: string;
  readonly title: string;
  /** Of a draft that was just saved, refused or overtaken: said at the top. */
  readonly news: 'saved' | 'overtaken' | 'examples-unanswered' | null;
  readonly problems: readonly {
    readonly path: string;
    readonly what: string;
    readonly remedy: string;
  }[];
  /** Texts that the article must answer; after a refusal, those that it does not. */
  readonly examples: readonly string[];
  /** The source is no YAML just now: only it can be edited. */
  readonly broken: boolean;
}

export interface ArticleFormView {
  readonly topic: string;
  readonly title: string;
  readonly part: 'texts' | 'steps' | 'questions' | 'source';
  /** By name, in the order in which they are shown: `title.sv`, `step.0.en`, `source`. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface ArticleHistoryView {
  readonly topic: string;
  readonly title: string;
  /** In force; 0 is the release's own article. */
  readonly current: number;
  /** Newest first. */
  readonly revisions: readonly {
    readonly revision: number;
    readonly change: 'created' | 'edited' | 'rolled-back';
    readonly authorName: string;
    readonly publishedAt: Instant;
  }[];
  readonly released: boolean;
  readonly news: 'published' | 'rolled-back' | 'overtaken' | null;
  readonly more: number;
}
