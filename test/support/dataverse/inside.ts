import type { Scheduler } from '../../../services/scheduler/index.ts';
import type { Caller, Callers } from './callers.ts';
import type { Metadata } from './metadata.ts';
import type { Presenter } from './representation.ts';
import type { Rows } from './rows.ts';

/** What all parts of the fake share. */
export interface Inside {
  readonly metadata: Metadata;
  readonly rows: Rows;
  readonly callers: Callers;
  readonly presenter: Presenter;
  /** The test's clock; waiting happens on it. */
  readonly scheduler: Scheduler;
  /** The organization's own clock, which may be ahead of the test's or behind. */
  now(): number;
  readonly organizationId: string;
  /** On whose behalf server-side synchronization writes. */
  readonly systemUserId: string;
  readonly tracksChanges: (table: string) => boolean;
  /** Ends with a slash. */
  base(): string;
}

/** A request behind the HTTP server; those of a batch are the same. */
export interface Ask {
  readonly method: string;
  /** Behind the base, decoded: `mailboxes(…)`. */
  readonly path: string;
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly caller: Caller;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
