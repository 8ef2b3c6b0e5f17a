import type { Asking, WebApi } from './web-api.ts';
import { readingRefused, rowIn } from './web-api-answer.ts';
import type { Verbs } from './web-api-verbs.ts';

const SET_NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Who may not read definitions is left with the name of the table, which some sets have as well. */
export function createSetNames({ base, ask }: Verbs): WebApi['setOf'] {
  const known = new Map<string, Promise<string>>();

  async function nameOf(table: string, asking: Asking): Promise<string> {
    const path = `EntityDefinitions(LogicalName='${table}')?$select=EntitySetName`;
    const answer = await ask(new URL(path, base), [], asking);
    if (answer.status === 403 || answer.status === 404) return table;
    if (answer.status !== 200) throw readingRefused('EntityDefinitions', answer);
    const { EntitySetName: name } = rowIn(answer);
    return typeof name === 'string' && SET_NAME.test(name) ? name : table;
  }

  return (table, asking) => {
    const asked = known.get(table) ?? nameOf(table, asking);
    known.set(table, asked);
    asked.catch(() => known.delete(table));
    return asked;
  };
}
