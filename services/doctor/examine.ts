import type { Localized } from '../domain/language.ts';
import { asAppError } from '../observability/index.ts';
import type { Check, Examined, Finding } from './check.ts';
import type { Patient } from './patient.ts';
import { troubleFound } from './trouble.ts';

export interface Progress {
  readonly began: (title: Localized) => void;
  readonly ended: (examined: Examined) => void;
}

/** With the pauses that the client makes before it asks again. */
const PATIENCE_MS = 60_000;

/** One after the other, each told as soon as it is known. `settings` is what the settings came to. */
export async function examine(
  checks: readonly Check[],
  patient: Patient | null,
  settings: Examined,
  { began, ended }: Progress,
): Promise<readonly Examined[]> {
  const done = new Map<string, Examined>([[settings.id, settings]]);
  ended(settings);
  for (const check of checks) {
    const { id, title, needs } = check;
    const without = [settings.id, ...needs].map((each) => done.get(each)).find(isInTheWay);
    let finding: Finding;
    if (without !== undefined || patient === null) {
      finding = because(without ?? settings);
    } else {
      began(title);
      finding = await look(check, patient);
    }
    const examined = { id, title, ...finding };
    done.set(id, examined);
    ended(examined);
  }
  return [...done.values()];
}

const isInTheWay = (before: Examined | undefined): boolean =>
  before?.outcome === 'failed' || before?.outcome === 'not-checked';

function because({ title, outcome, found }: Examined): Finding {
  const first = outcome === 'not-checked' ? found : undefined;
  return {
    outcome: 'not-checked',
    found: {
      en: first?.en ?? `Not checked, because of: ${title.en}.`,
      sv: first?.sv ?? `Inte kontrollerat, på grund av: ${title.sv}.`,
    },
  };
}

async function look(check: Check, patient: Patient): Promise<Finding> {
  const late = new AbortController();
  const cancel = patient.scheduler.after(PATIENCE_MS, () => late.abort());
  try {
    return await check.look(patient, late.signal);
  } catch (thrown) {
    return troubleFound(asAppError(thrown));
  } finally {
    cancel();
  }
}
