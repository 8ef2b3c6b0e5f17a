import type { AlertArticle, AlertDefinition } from '../../domain/alert-article.ts';
import type { Store } from '../../store/index.ts';

/**
 * Which alert tells of which failure is for the bot to say: it has the articles, and experts edit
 * them in Teams. What it said last outlives this process; until it has said anything, the articles
 * that the engine itself was released with count.
 */
export interface ToldAlerts {
  load(): Promise<void>;
  tell(alerts: readonly AlertDefinition[]): Promise<void>;
  /** The same list until it changes. */
  articles(): readonly AlertArticle[];
}

export function createToldAlerts(
  store: Store,
  released: () => readonly AlertArticle[],
): ToldAlerts {
  let told: readonly AlertArticle[] | null = null;

  return {
    async load() {
      const records = await store.find('toldAlerts');
      if (records.length > 0) told = records.map(asArticle);
    },
    async tell(alerts) {
      await store.transact(async (transaction) => {
        const before = await transaction.find('toldAlerts');
        const named = new Set<string>(alerts.map(({ id }) => id));
        for (const { id } of before) {
          if (!named.has(id)) await transaction.remove('toldAlerts', id);
        }
        for (const alert of alerts) await transaction.put('toldAlerts', alert);
      });
      told = alerts.map(asArticle);
    },
    articles: () => told ?? released(),
  };
}

function asArticle({ id, raisedFor }: AlertDefinition): AlertArticle {
  return { id, kind: 'alert', raisedFor };
}
