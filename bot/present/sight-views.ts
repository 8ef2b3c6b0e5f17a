import type { SightView } from '../../cards/index.ts';
import type { FailureReason } from '../../services/domain/failure.ts';
import { DIRECTIONS, type Direction, type Mailbox } from '../../services/domain/mailbox.ts';
import type { SightOutcome } from '../../services/domain/server-sight.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import type { World } from './world.ts';

/** Of each direction that fails, why the system of record says so. */
export type Verdicts = Readonly<Partial<Record<Direction, FailureReason>>>;

export function verdictsOf({ active, directions }: Mailbox): Verdicts {
  const verdicts: Partial<Record<Direction, FailureReason>> = {};
  if (!active) return verdicts;
  for (const direction of DIRECTIONS) {
    const { method, transientFailures, disabledAt, lastFailure } = directions[direction];
    const fails = transientFailures > 0 || disabledAt !== null;
    if (method === 'server-side-synchronization' && fails) {
      verdicts[direction] = lastFailure?.reason ?? 'unknown';
    }
  }
  return verdicts;
}

export function verdictsOfTest({ results }: TestRun): Verdicts {
  const verdicts: Partial<Record<Direction, FailureReason>> = {};
  for (const direction of DIRECTIONS) {
    const result = results[direction];
    if (result.outcome === 'failed') verdicts[direction] = result.failure?.reason ?? 'unknown';
  }
  return verdicts;
}

/** Lines that a card has room for. */
const MOST = 2;
const TELLING: readonly SightOutcome[] = ['wrong', 'unreached', 'well', 'not-looked'];

/**
 * Where something fails, whatever was seen of its server; of what works only what is wrong about it.
 * Asking has a server looked at that was not lately, so it is asked of healthy mailboxes, too.
 */
export async function sightViews(
  world: World,
  { id }: Pick<Mailbox, 'id'>,
  verdicts: Verdicts,
): Promise<readonly SightView[]> {
  const views = (await world.engine.sights(id)).flatMap(({ directions, sight }): SightView[] => {
    const failing = directions.filter((direction) => verdicts[direction] !== undefined);
    const [first] = failing;
    if (first === undefined && sight.outcome !== 'wrong') return [];
    const others = directions.filter((direction) => !failing.includes(direction));
    const verdict = first === undefined ? null : (verdicts[first] ?? null);
    return [{ directions: [...failing, ...others], sight, verdict }];
  });
  return views
    .filter((view, index) => !isRepeated(view, views.slice(0, index)))
    .sort((a, b) => TELLING.indexOf(a.sight.outcome) - TELLING.indexOf(b.sight.outcome))
    .slice(0, MOST);
}

/** That a second service for the same directions is well, too, is no news. */
function isRepeated({ directions, sight }: SightView, before: readonly SightView[]): boolean {
  return before.some(
    (other) =>
      sight.outcome === 'well' &&
      other.sight.outcome === 'well' &&
      other.directions.join() === directions.join(),
  );
}
