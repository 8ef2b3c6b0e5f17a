import type { Localized } from '../../domain/language.ts';
import type { Examined } from '../check.ts';
import type { Patient } from '../patient.ts';

/** `open`: this organization does not show it, or reading cannot. */
export type Verdict = 'confirmed' | 'refuted' | 'open';

export interface Observation {
  readonly verdict: Verdict;
  readonly seen: Localized;
}

/** Something that we built on from Microsoft's pages, and that no fake of ours can prove. */
export interface Assumption {
  readonly id: string;
  readonly assumed: Localized;
  /** Checks that must have been right; the observation has their findings to go by. */
  readonly needs: readonly string[];
  /** Only reads. Absent: only a change, or a person, can show it. */
  readonly observe?: (
    patient: Patient,
    signal: AbortSignal,
    found: ReadonlyMap<string, Examined>,
  ) => Promise<Observation>;
  /** What to try with a test mailbox, and what to compare. */
  readonly byHand?: Localized;
}

export interface Proof extends Observation {
  readonly id: string;
  readonly assumed: Localized;
  readonly byHand?: Localized;
}
