import type { Assumption } from './assumption.ts';

interface Guessed {
  readonly table: string;
  readonly set: string;
  readonly privilege: string;
}

/** No page says these: they are what the names of other tables make likely. */
const GUESSED: readonly Guessed[] = [
  {
    table: 'mailboxstatistics',
    set: 'mailboxstatistics',
    privilege: 'prvReadMailboxStatistics',
  },
  { table: 'tracelog', set: 'tracelogs', privilege: 'prvReadTraceLog' },
  {
    table: 'exchangesyncidmapping',
    set: 'exchangesyncidmappings',
    privilege: 'prvReadExchangeSyncIdMapping',
  },
  {
    table: 'emailserverprofile',
    set: 'emailserverprofiles',
    privilege: 'prvReadEmailServerProfile',
  },
  { table: 'systemform', set: 'systemforms', privilege: 'prvReadSystemForm' },
];

export const NAMES: readonly Assumption[] = GUESSED.map(({ table, set, privilege }) => ({
  id: `names.${table}`,
  assumed: {
    en: `${table} is read as ${set}, with the privilege ${privilege}.`,
    sv: `${table} läses som ${set}, med privilegiet ${privilege}.`,
  },
  needs: ['organization'],
  async observe(patient, signal) {
    const path = `EntityDefinitions(LogicalName='${table}')?$select=EntitySetName,Privileges`;
    const { status, body, refusal } = await patient.get(path, signal);
    if (status !== 200) {
      const seen = `EntityDefinitions: ${status} ${refusal.code}`;
      return { verdict: 'open', seen: { en: seen, sv: seen } };
    }
    const own = nameIn(body.EntitySetName);
    const all = Array.isArray(body.Privileges) ? (body.Privileges as unknown[]) : [];
    const reads = all
      .map((each) => nameIn((each as { readonly Name?: unknown } | null)?.Name))
      .filter((name) => name.startsWith('prvRead'));
    const seen = `${own}, ${reads.join(', ')}`;
    return {
      verdict: own === set && reads.includes(privilege) ? 'confirmed' : 'refuted',
      seen: { en: seen, sv: seen },
    };
  },
}));

const nameIn = (value: unknown): string =>
  typeof value === 'string' && /^\w{1,100}$/.test(value) ? value : '?';
