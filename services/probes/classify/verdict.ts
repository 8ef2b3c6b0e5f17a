import type { FailureNature, FailureReason, FailureScope, Hint } from '../../domain/failure.ts';

/**
 * What a symptom means. A credential failure has scope `mailbox` here: only the engine knows whether
 * the profile holds the credentials, and raises the scope to `profile` then.
 */
export interface Verdict {
  readonly reason: FailureReason;
  readonly scope: FailureScope;
  readonly nature: FailureNature;
  readonly needsConfirmation: boolean;
  readonly hint?: Hint;
  readonly retryAfterMs?: number;
}

type Extra = Partial<Pick<Verdict, 'needsConfirmation' | 'hint' | 'retryAfterMs'>>;

export function permanent(reason: FailureReason, scope: FailureScope, extra: Extra = {}): Verdict {
  return { reason, scope, nature: 'permanent', needsConfirmation: false, ...extra };
}

export function transient(reason: FailureReason, scope: FailureScope, extra: Extra = {}): Verdict {
  return { reason, scope, nature: 'transient', needsConfirmation: false, ...extra };
}

/** A server's words are keys here: `[constructor]` must not find what every object has. */
export function entryOf<Entry>(
  table: Readonly<Record<string, Entry>>,
  key: string,
): Entry | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
