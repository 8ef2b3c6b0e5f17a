import type { Config } from '../config/index.ts';
import {
  COMMERCIAL_CLOUD,
  type MicrosoftCloud,
  microsoftCloudOf,
} from '../domain/dataverse-address.ts';
import {
  type ApplicationTokens,
  createAdfsTokens,
  createApplicationTokens,
  type EntraApplication,
} from '../entra/index.ts';
import { AppError, type Log } from '../observability/index.ts';
import type { Scheduler } from '../scheduler/index.ts';
import {
  type InspectedAnswer,
  type InspectedOrganization,
  inspectOrganization,
} from '../sync-engine/index.ts';

export type Organization = Extract<
  Config['engine'],
  { kind: 'dataverse' } | { kind: 'dataverse-on-premises' }
>;

/** An installation with its settings, and what was found out about it so far. */
export interface Patient {
  readonly config: Config;
  readonly scheduler: Scheduler;
  readonly fetch: typeof fetch;
  /** Null: this bot does not use Dynamics 365. */
  readonly organization: Organization | null;
  /** Who asks Microsoft Entra; null where nobody has to. */
  readonly application: EntraApplication | null;
  /** That of the organization, or the commercial one. */
  readonly cloud: MicrosoftCloud;
  /** Of the Dynamics 365 application user; null where Windows signs the connection in. */
  readonly tokens: ApplicationTokens | null;
  /** What the Azure Bot's token service says of the OAuth connection; null where none is set. */
  readonly connection: (() => Promise<Connection>) | null;
  readonly tokensFor: (resource: string) => ApplicationTokens;
  get: InspectedOrganization['get'];
  /** Asked once. */
  whoAmI(signal: AbortSignal): Promise<InspectedAnswer>;
}

export interface Connection {
  /** For clients that sign in silently. */
  readonly exchange?: { readonly uri: string };
}

export interface PatientOptions {
  readonly config: Config;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly connection: Patient['connection'];
  /** For tokens and for Microsoft's own addresses; Dynamics 365 is asked as the engine asks it. */
  readonly fetch?: typeof fetch;
}

export function createPatient({
  config,
  scheduler,
  log,
  connection,
  fetch: send = fetch,
}: PatientOptions): Patient {
  const { engine, directory } = config;
  const organization = 'url' in engine && engine.kind !== 'remote' ? engine : null;
  const application =
    engine.kind === 'dataverse'
      ? engine.application
      : directory.kind === 'graph'
        ? directory.application
        : null;
  const asking = { scheduler, fetch: send };
  const cloud =
    (organization?.kind === 'dataverse' ? microsoftCloudOf(organization.url) : undefined) ??
    COMMERCIAL_CLOUD;

  function tokensFor(resource: string): ApplicationTokens {
    if (application === null) throw new AppError('config-invalid', 'no application is set');
    const { authority } = cloud;
    return createApplicationTokens({ ...asking, application, authority, resource });
  }

  const signIn = organization?.kind === 'dataverse-on-premises' ? organization.signIn : null;
  const tokens =
    organization?.kind === 'dataverse'
      ? tokensFor(organization.url.origin)
      : signIn?.kind === 'adfs'
        ? createAdfsTokens({ ...asking, signIn, resource: `${organization?.url.origin}/` })
        : null;
  const inspected =
    organization === null
      ? null
      : inspectOrganization({
          url: organization.url,
          deployment: organization.kind === 'dataverse' ? 'online' : 'on-premises',
          tokens,
          account: signIn?.kind === 'ntlm' ? signIn : null,
          scheduler,
          log,
        });
  const get: InspectedOrganization['get'] = async (...question) => {
    if (inspected === null) throw new AppError('config-invalid', 'ENGINE is not dataverse');
    return inspected.get(...question);
  };
  let identity: Promise<InspectedAnswer> | undefined;

  return {
    config,
    scheduler,
    fetch: send,
    organization,
    application,
    cloud,
    tokens,
    connection,
    tokensFor,
    get,
    whoAmI(signal) {
      identity ??= get('WhoAmI', signal);
      return identity;
    },
  };
}
