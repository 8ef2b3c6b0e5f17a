import type { DataverseDeployment } from '../../domain/dataverse-address.ts';
import type { ApplicationTokens } from '../../entra/index.ts';
import { AppError, type Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { isGuid } from './odata-literal.ts';
import { createRequestBudget, type RequestBudget } from './request-budget.ts';
import { createSetNames } from './set-names.ts';
import type { Row, WebApi } from './web-api.ts';
import { isMissingRow, readingRefused, rowIn } from './web-api-answer.ts';
import { baseOf } from './web-api-base.ts';
import { batchReading, listsReading } from './web-api-batch-reading.ts';
import { changesSince } from './web-api-changes.ts';
import { addressWithin, optionsOf } from './web-api-links.ts';
import { pagesOf } from './web-api-pages.ts';
import { createSender } from './web-api-sender.ts';
import { createTransport, type Transport } from './web-api-transport.ts';
import { annotated, createVerbs } from './web-api-verbs.ts';
import { createWriting, READ_ONLY } from './web-api-writing.ts';

export interface WebApiOptions {
  /** https://contoso.crm4.dynamics.com; on-premises with the organization in its path. */
  readonly url: URL;
  readonly deployment?: DataverseDeployment;
  /** Null: the transport signs in by itself. */
  readonly tokens: ApplicationTokens | null;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** One for the application user, however many ask. */
  readonly budget?: RequestBudget;
  readonly transport?: Transport;
}

export function createWebApi({
  url,
  deployment = 'online',
  tokens,
  scheduler,
  log,
  budget = createRequestBudget(scheduler),
  transport = createTransport(scheduler),
}: WebApiOptions): WebApi {
  const base = baseOf(url, deployment);
  const send = createSender({ transport, tokens, budget, scheduler, log });
  const verbs = createVerbs(base, send);
  const at = (path: string): URL => new URL(path, base);

  async function list(...asked: Parameters<WebApi['list']>): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const page of pagesOf(verbs, ...asked)) rows.push(...page);
    return rows;
  }

  return {
    origin: url.origin,
    setOf: createSetNames(verbs),
    async get(set, id, query, asking) {
      if (!isGuid(id)) return undefined;
      const answer = await verbs.ask(
        at(`${set}(${id})${optionsOf(query)}`),
        annotated(false),
        asking,
      );
      if (isMissingRow(answer)) return undefined;
      if (answer.status !== 200) throw readingRefused(`GET ${set}`, answer);
      return rowIn(answer);
    },
    list,
    pages: (set, query, asking) => pagesOf(verbs, set, query, asking),
    async count(set, filter, asking) {
      const query = filter === undefined ? {} : { filter };
      const answer = await verbs.ask(at(`${set}/$count${optionsOf(query)}`), [], asking);
      if (answer.status !== 200) throw readingRefused(`GET ${set}/$count`, answer);
      const count = /^\uFEFF?(\d+)$/.exec(answer.text.trim())?.[1];
      if (count === undefined) throw new AppError('dynamics-unexpected', `no number of ${set}`);
      return Number(count);
    },
    ...(deployment === 'online' ? { isReadOnly: false, ...createWriting(verbs) } : READ_ONLY),
    changes: (set, select, deltaLink, asking) =>
      changesSince(verbs, set, select, deltaLink, asking),
    batch: (requests, asking) => batchReading(verbs, requests, asking),
    lists: (requests, asking) => listsReading(verbs, requests, asking),
    async call(functionPath, asking) {
      const target = addressWithin(base, functionPath);
      if (target === undefined) throw new AppError('dynamics-unexpected', 'not a function');
      const answer = await verbs.ask(target, [], asking);
      const name = /^\w+/.exec(functionPath)?.[0] ?? 'function';
      if (answer.status !== 200) throw readingRefused(name, answer);
      return rowIn(answer);
    },
  };
}
