import type { Article } from '../../domain/article.ts';
import type { Diagnosis } from '../../domain/diagnosis.ts';
import type { OrganizationId, TopicId } from '../../domain/ids.ts';
import type { Deployment } from '../../domain/organization.ts';
import type { Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import type { Store } from '../../store/index.ts';
import type { WebApi } from './web-api.ts';

/** What every part of the Dataverse engine works with; put together once in dataverse-engine.ts. */
export interface DataverseParts {
  readonly api: WebApi;
  readonly organizationId: OrganizationId;
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly newId: () => string;
  /** Names the documented alert of a trace log's text (`Knowledge.diagnose`). */
  readonly diagnose: (text: string) => Promise<Diagnosis>;
  readonly article: (topic: TopicId) => Pick<Article, 'id' | 'scope'> | null;
  readonly deployment: Deployment;
  /** Of Microsoft Entra; null on-premises. */
  readonly tenantId: string | null;
}
