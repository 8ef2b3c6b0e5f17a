import type { Scheduler } from '../scheduler/index.ts';
import type { EntraApplication } from './entra-application.ts';
import { type ApplicationTokens, createKeptTokens } from './kept-tokens.ts';
import { createTokenRequest } from './token-request.ts';

export interface ApplicationTokensOptions {
  readonly application: EntraApplication;
  /** https://login.microsoftonline.com, or that of a sovereign cloud. */
  readonly authority: string;
  /** https://contoso.crm4.dynamics.com: the scope is `/.default` behind it. */
  readonly resource: string;
  readonly scheduler: Scheduler;
  readonly fetch?: typeof fetch;
}

export function createApplicationTokens(options: ApplicationTokensOptions): ApplicationTokens {
  return createKeptTokens(options.scheduler, createTokenRequest(options));
}
