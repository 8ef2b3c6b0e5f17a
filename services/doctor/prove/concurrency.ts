import type { Assumption } from './assumption.ts';

/** What buttons change, each with the version of the row that its rules were applied to. */
const CHANGED = ['mailbox', 'emailserverprofile', 'email'];

export const concurrency: Assumption = {
  id: 'concurrency',
  assumed: {
    en: 'A change may name the version of the row that it is meant for (If-Match), so that nobody overwrites another.',
    sv: 'En ändring får nämna vilken version av raden den gäller (If-Match), så att ingen skriver över någon annan.',
  },
  needs: ['organization'],
  async observe(patient, signal) {
    const seen: string[] = [];
    const values: unknown[] = [];
    for (const table of CHANGED) {
      const path = `EntityDefinitions(LogicalName='${table}')?$select=IsOptimisticConcurrencyEnabled`;
      const { status, body } = await patient.get(path, signal);
      const value = status === 200 ? body.IsOptimisticConcurrencyEnabled : status;
      values.push(value);
      seen.push(
        `${table} ${typeof value === 'boolean' || typeof value === 'number' ? value : '?'}`,
      );
    }
    const verdict = values.every((value) => value === true)
      ? 'confirmed'
      : values.includes(false)
        ? 'refuted'
        : 'open';
    return { verdict, seen: { en: seen.join(', '), sv: seen.join(', ') } };
  },
};
