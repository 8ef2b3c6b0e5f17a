import type { Localized } from '../../domain/language.ts';
import type { InspectedAnswer, ReadTable } from '../../sync-engine/index.ts';
import type { Check, Finding } from '../check.ts';
import type { Patient } from '../patient.ts';
import { howToGrant, refused } from '../refused.ts';

/** What is missing from the cards without it; of the tables that are needed nothing works. */
const WITHOUT: Readonly<Record<string, Localized>> = {
  mailboxstatistics: {
    en: 'without it performance cards have no hours and no items per cycle',
    sv: 'utan den har prestandakorten inga timmar och inga objekt per varv',
  },
  exchangesyncidmapping: {
    en: 'without it the card does not say which items failed one by one',
    sv: 'utan den säger kortet inte vilka objekt som misslyckats ett och ett',
  },
  systemform: {
    en: 'without it the card does not say whether the Organizer field is on the form',
    sv: 'utan den säger kortet inte om fältet Organisatör finns i formuläret',
  },
};

const UNKNOWN_COLUMN = /property named '(\w+)'/;

/** Reads one row of a table with just the columns that the engine reads. */
export function tableCheck({ table, set, columns, isNeeded }: ReadTable): Check {
  return {
    id: `table.${table}`,
    title: { en: `Table ${table}`, sv: `Tabellen ${table}` },
    needs: ['organization'],
    async look(patient, signal) {
      const name = set ?? (await setOf(table, patient, signal));
      const path = `${name}?$select=${columns.join(',')}&$top=1`;
      const answer = await patient.get(path, signal);
      if (answer.status !== 200) return softened(await whyNot(answer, table, patient, signal));
      const has = Array.isArray(answer.body.value) && answer.body.value.length > 0;
      return has ? READ : EMPTY;
    },
  };

  function softened(finding: Finding): Finding {
    if (isNeeded) return finding;
    const { en = '', sv = '' } = WITHOUT[table] ?? {};
    const found = {
      en: `${withoutStop(finding.found.en)}; ${en}.`,
      sv: `${withoutStop(finding.found.sv)}; ${sv}.`,
    };
    return { ...finding, outcome: 'warning', found };
  }
}

const withoutStop = (text: string): string => text.replace(/\.$/, '');

const READ: Finding = {
  outcome: 'ok',
  found: { en: 'read, with every column.', sv: 'läst, med alla kolumner.' },
};
const EMPTY: Finding = {
  outcome: 'ok',
  found: {
    en: 'may be read; there are no rows to see.',
    sv: 'får läsas; det finns inga rader att se.',
  },
};

async function setOf(table: string, patient: Patient, signal: AbortSignal): Promise<string> {
  const path = `EntityDefinitions(LogicalName='${table}')?$select=EntitySetName`;
  const { body } = await patient.get(path, signal);
  return typeof body.EntitySetName === 'string' ? body.EntitySetName : table;
}

async function whyNot(
  answer: InspectedAnswer,
  table: string,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  const column = UNKNOWN_COLUMN.exec(answer.refusal.message)?.[1];
  if (answer.status === 400 && column !== undefined) {
    return {
      outcome: 'failed',
      found: {
        en: `This organization has no column ${column}.`,
        sv: `Organisationen har ingen kolumn ${column}.`,
      },
      next: {
        en: 'Send us this line and the version of the organization above.',
        sv: 'Skicka oss den här raden och organisationens version ovan.',
      },
    };
  }
  const finding = refused(answer);
  if (finding.next !== undefined || answer.status !== 403) return finding;
  const privilege = await privilegeOf(table, patient, signal);
  return privilege === null ? finding : { ...finding, next: howToGrant(privilege) };
}

/** Where the refusal does not name it, the definition of the table does. */
async function privilegeOf(
  table: string,
  patient: Patient,
  signal: AbortSignal,
): Promise<string | null> {
  const path = `EntityDefinitions(LogicalName='${table}')?$select=Privileges`;
  const { body } = await patient.get(path, signal);
  const all = Array.isArray(body.Privileges) ? (body.Privileges as unknown[]) : [];
  const names = all.map((each) => (each as { readonly Name?: unknown } | null)?.Name);
  const read = names.find((name) => typeof name === 'string' && /^prvRead\w+$/.test(name));
  return typeof read === 'string' ? read : null;
}
