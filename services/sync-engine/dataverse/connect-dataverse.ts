import { authorityOf } from '../../domain/dataverse-address.ts';
import { idOf, type OrganizationId } from '../../domain/ids.ts';
import { createApplicationTokens, type EntraApplication } from '../../entra/index.ts';
import { AppError, type Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { createWebApi } from './create-web-api.ts';
import { keyIn } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

export interface DataverseConnectionOptions {
  readonly url: URL;
  readonly application: EntraApplication;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** For the tokens. */
  readonly fetch?: typeof fetch;
}

export interface DataverseConnection {
  readonly api: WebApi;
  /** Who is asked, and as whom: the first question to an organization. */
  whoAmI(asking: Asking): Promise<{
    readonly organizationId: OrganizationId;
    /** Of the application user. */
    readonly systemUserId: string;
  }>;
}

/** The Web API of an organization as its application user; nothing is sent yet. */
export function connectDataverse({
  url,
  application,
  scheduler,
  log,
  ...ofTokens
}: DataverseConnectionOptions): DataverseConnection {
  const authority = authorityOf(url);
  if (authority === undefined) {
    throw new AppError('config-invalid', 'DATAVERSE_URL is not a host of Dynamics 365 online');
  }
  const resource = url.origin;
  const tokens = createApplicationTokens({
    ...ofTokens,
    application,
    authority,
    resource,
    scheduler,
  });
  const api = createWebApi({ url, tokens, scheduler, log });
  return {
    api,
    async whoAmI(asking) {
      const answer = await api.call('WhoAmI', asking);
      const organizationId = keyIn(answer, 'OrganizationId');
      const systemUserId = keyIn(answer, 'UserId');
      if (organizationId === null || systemUserId === null) {
        throw new AppError('dynamics-unexpected', 'WhoAmI names nobody');
      }
      return { organizationId: idOf(organizationId), systemUserId };
    },
  };
}
