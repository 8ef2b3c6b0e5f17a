import { microsoftCloudOf } from '../../domain/dataverse-address.ts';
import { idOf, type OrganizationId } from '../../domain/ids.ts';
import {
  createAdfsTokens,
  createApplicationTokens,
  type EntraApplication,
  type OnPremisesSignIn,
} from '../../entra/index.ts';
import { AppError, type Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { createWebApi } from './create-web-api.ts';
import { createNtlmTransport } from './ntlm-transport.ts';
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
  readonly whoAmI: (asking: Asking) => Promise<{
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
  const authority = microsoftCloudOf(url)?.authority;
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
  return connectionTo(createWebApi({ url, tokens, scheduler, log }));
}

export interface OnPremisesConnectionOptions
  extends Omit<DataverseConnectionOptions, 'application'> {
  readonly signIn: OnPremisesSignIn;
}

/** Read-only, and not proved against any real deployment. */
export function connectOnPremises({
  url,
  signIn,
  scheduler,
  log,
  ...ofTokens
}: OnPremisesConnectionOptions): DataverseConnection {
  const shared = { url, scheduler, log, deployment: 'on-premises' } as const;
  if (signIn.kind === 'ntlm') {
    const transport = createNtlmTransport(signIn, scheduler, url);
    return connectionTo(createWebApi({ ...shared, tokens: null, transport }));
  }
  const resource = `${url.origin}/`;
  const tokens = createAdfsTokens({ ...ofTokens, signIn, resource, scheduler });
  return connectionTo(createWebApi({ ...shared, tokens }));
}

function connectionTo(api: WebApi): DataverseConnection {
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
