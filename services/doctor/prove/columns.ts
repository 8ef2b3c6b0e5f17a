import { READ_TABLES } from '../../sync-engine/index.ts';
import type { Assumption } from './assumption.ts';

export const columns: Assumption = {
  id: 'columns',
  assumed: {
    en: 'Every table that the engine reads has every column that it asks for.',
    sv: 'Varje tabell som motorn läser har alla kolumner som den frågar efter.',
  },
  needs: ['organization'],
  async observe(_patient, _signal, found) {
    const outcomes = READ_TABLES.map(({ table }) => ({ table, ...found.get(`table.${table}`) }));
    const wrong = outcomes.filter((each) => each.found?.en.includes('no column'));
    const unread = outcomes.filter((each) => each.outcome !== 'ok' && !wrong.includes(each));
    const names = (some: typeof outcomes): string => some.map(({ table }) => table).join(', ');
    if (wrong.length > 0) {
      const seen = wrong.map((each) => each.found?.en ?? '').join(' ');
      return { verdict: 'refuted', seen: { en: seen, sv: seen } };
    }
    if (unread.length > 0) {
      return {
        verdict: 'open',
        seen: { en: `Not read: ${names(unread)}.`, sv: `Inte lästa: ${names(unread)}.` },
      };
    }
    return {
      verdict: 'confirmed',
      seen: { en: `${outcomes.length} tables read.`, sv: `${outcomes.length} tabeller lästa.` },
    };
  },
};
