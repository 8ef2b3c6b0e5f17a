import {
  createWebApi,
  type WebApiOptions,
} from '../../services/sync-engine/dataverse/create-web-api.ts';
import type { Asking, WebApi } from '../../services/sync-engine/dataverse/web-api.ts';
import type { Caller } from './dataverse/callers.ts';
import type { DataverseWorld } from './dataverse-world.ts';
import { silentLog } from './silent-log.ts';

/** The client as the engine has it, over the fake organization and as its application user. */
export function dataverseApi(
  { organization, application, clock }: DataverseWorld,
  options: Partial<WebApiOptions> & { readonly caller?: Caller } = {},
): WebApi {
  const { caller = application, ...others } = options;
  let token: string | undefined;
  return createWebApi({
    url: new URL(organization.url),
    tokens: {
      async token(_signal, refused) {
        if (token === undefined || token === refused) token = organization.token(caller);
        return token;
      },
    },
    scheduler: clock,
    log: silentLog,
    ...others,
  });
}

export const asPerson = (signal = new AbortController().signal): Asking => ({
  signal,
  priority: 'person',
});

export const inBackground = (signal = new AbortController().signal): Asking => ({
  signal,
  priority: 'background',
});
