import type { DataverseDeployment } from '../../domain/dataverse-address.ts';
import type { ApplicationTokens, OnPremisesSignIn } from '../../entra/index.ts';
import type { Log } from '../../observability/index.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { createNtlmTransport } from './ntlm-transport.ts';
import { createRequestBudget } from './request-budget.ts';
import { errorIn } from './web-api-answer.ts';
import { baseOf } from './web-api-base.ts';
import { createSender } from './web-api-sender.ts';
import { createTransport } from './web-api-transport.ts';
import { createVerbs } from './web-api-verbs.ts';

export interface InspectedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** In the words of Dynamics 365, which may quote what was asked; empty where it did not refuse. */
  readonly refusal: { readonly code: string; readonly message: string };
}

/** Questions to an organization, one by one, and its answers as they are: nothing is ever written. */
export interface InspectedOrganization {
  get(path: string, signal: AbortSignal, prefer?: readonly string[]): Promise<InspectedAnswer>;
}

export interface InspectOrganizationOptions {
  readonly url: URL;
  readonly deployment: DataverseDeployment;
  /** Null: Windows signs the connection in. */
  readonly tokens: ApplicationTokens | null;
  readonly account: Extract<OnPremisesSignIn, { kind: 'ntlm' }> | null;
  readonly scheduler: Scheduler;
  readonly log: Log;
}

export function inspectOrganization({
  url,
  deployment,
  tokens,
  account,
  scheduler,
  log,
}: InspectOrganizationOptions): InspectedOrganization {
  const transport =
    account === null ? createTransport(scheduler) : createNtlmTransport(account, scheduler, url);
  const budget = createRequestBudget(scheduler);
  const send = createSender({ transport, tokens, budget, scheduler, log });
  const { base, ask } = createVerbs(baseOf(url, deployment), send);
  return {
    async get(path, signal, prefer = []) {
      const asking = { signal, priority: 'person' } as const;
      const answer = await ask(new URL(path, base), prefer, asking);
      const { status, headers, text } = answer;
      return { status, headers, body: objectIn(text), refusal: errorIn(answer) };
    },
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
