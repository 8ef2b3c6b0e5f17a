import type { Localized } from '../domain/language.ts';
import type { Patient } from './patient.ts';

export type Outcome = 'ok' | 'warning' | 'failed' | 'not-checked';

export interface Finding {
  readonly outcome: Outcome;
  /** Holds no secret and names nobody: people send it to each other. */
  readonly found: Localized;
  /** What to do about it. */
  readonly next?: Localized;
}

/** One thing that can be wrong. It only reads. */
export interface Check {
  readonly id: string;
  readonly title: Localized;
  /** Checks without whose success this one can say nothing. */
  readonly needs: readonly string[];
  look(patient: Patient, signal: AbortSignal): Promise<Finding>;
}

export interface Examined extends Finding {
  readonly id: string;
  readonly title: Localized;
}
