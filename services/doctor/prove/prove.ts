import { asAppError } from '../../observability/index.ts';
import type { Examined } from '../check.ts';
import type { Patient } from '../patient.ts';
import type { Assumption, Observation, Proof } from './assumption.ts';

const PATIENCE_MS = 60_000;

const BY_HAND: Observation = {
  verdict: 'open',
  seen: { en: 'Reading cannot show it.', sv: 'Det går inte att läsa sig till.' },
};

/** What a real organization says to each assumption. Nothing is written to it. */
export async function prove(
  assumptions: readonly Assumption[],
  patient: Patient | null,
  examined: readonly Examined[],
  began: (assumed: Assumption['assumed']) => void,
): Promise<readonly Proof[]> {
  const found = new Map(examined.map((each) => [each.id, each]));
  const proofs: Proof[] = [];
  for (const { id, assumed, needs, observe, byHand } of assumptions) {
    began(assumed);
    const missing = needs.map((each) => found.get(each)).find((each) => !isRight(each));
    const observation =
      observe === undefined
        ? BY_HAND
        : missing !== undefined || patient === null
          ? withoutIt(missing)
          : await observed(observe, patient, found);
    proofs.push({ id, assumed, ...(byHand && { byHand }), ...observation });
  }
  return proofs;
}

const isRight = (each: Examined | undefined): boolean =>
  each?.outcome === 'ok' || each?.outcome === 'warning';

function withoutIt(missing: Examined | undefined): Observation {
  const { en = 'Settings', sv = 'Inställningar' } = missing?.title ?? {};
  return {
    verdict: 'open',
    seen: { en: `Not observed, because of: ${en}.`, sv: `Inte observerat, på grund av: ${sv}.` },
  };
}

async function observed(
  observe: NonNullable<Assumption['observe']>,
  patient: Patient,
  found: ReadonlyMap<string, Examined>,
): Promise<Observation> {
  const late = new AbortController();
  const cancel = patient.scheduler.after(PATIENCE_MS, () => late.abort());
  try {
    return await observe(patient, late.signal, found);
  } catch (thrown) {
    const { code, detail } = asAppError(thrown);
    const seen = `${code}: ${detail}`;
    return { verdict: 'open', seen: { en: seen, sv: seen } };
  } finally {
    cancel();
  }
}
