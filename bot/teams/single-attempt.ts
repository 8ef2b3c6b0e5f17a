import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

type ConnectorFactory = ReturnType<
  ConfigurationBotFrameworkAuthentication['createConnectorFactory']
>;

/** As `@azure/core-rest-pipeline` has it; the SDK keeps the client that owns it private. */
export interface Pipeline {
  removePolicy(options: { readonly name: string }): unknown;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(
      request: { timeout: number },
      next: (request: { timeout: number }) => Promise<unknown>,
    ): Promise<unknown>;
  }): void;
}

/** Teams answers in well under a second; a connector that hangs must not hold a turn. */
const CONNECTOR_TIMEOUT_MS = 15_000;

/**
 * Every request to the channel is made once. The SDK's pipeline repeats a POST after 500, 502, 503
 * and 504, which puts messages before people twice, and `noRetryPolicy` has been without effect since
 * the SDK moved to core-rest-pipeline (serviceClientContext.js reads neither it nor retryOptions).
 */
export function singleAttempt(factory: ConnectorFactory): ConnectorFactory {
  const create = factory.create.bind(factory);
  factory.create = async (serviceUrl, audience) => {
    const connector = await create(serviceUrl, audience);
    const { pipeline } = (
      connector as unknown as { readonly client: { readonly pipeline: Pipeline } }
    ).client;
    tryOnce(pipeline, CONNECTOR_TIMEOUT_MS);
    return connector;
  };
  return factory;
}

/** Requests of this client are made once, and are over in this time. */
export function tryOnce(pipeline: Pipeline, timeoutMs: number): void {
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'mailboxMedicTimeout',
    sendRequest: (request, next) => {
      request.timeout = timeoutMs;
      return next(request);
    },
  });
}
