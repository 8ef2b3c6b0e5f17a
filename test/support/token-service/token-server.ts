import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { onTestFinished } from 'vitest';
import { CloudChannelAdapter, type TokenService } from '../../../bot/teams/index.ts';
import { silentLog } from '../silent-log.ts';
import type { FakeTokenService } from './fake-token-service.ts';

/** The SDK's client, talking HTTP to the stand-in; both end with the test. */
export async function tokenServiceOver(
  fake: FakeTokenService,
  { appId, connectionName }: { readonly appId: string; readonly connectionName: string },
): Promise<TokenService> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const body = Buffer.concat(chunks).toString('utf8');
      const reply = fake.answer({ method, path, body, authorization: headers.authorization });
      response.writeHead(reply?.status ?? 404, { 'content-type': 'application/json' });
      response.end(reply?.body == null ? '' : JSON.stringify(reply.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const unused = 'http://127.0.0.1:9';
  const authentication = new ConfigurationBotFrameworkAuthentication({
    ToChannelFromBotLoginUrl: unused,
    ToChannelFromBotOAuthScope: unused,
    ToBotFromChannelTokenIssuer: unused,
    ToBotFromChannelOpenIdMetadataUrl: unused,
    ToBotFromEmulatorOpenIdMetadataUrl: unused,
    OAuthApiEndpoint: address,
    OAuthUrl: address,
    ValidateAuthority: 'true',
    CallerId: '',
  });
  const adapter = new CloudChannelAdapter({ authentication, appId, log: silentLog });
  return adapter.tokenService(connectionName);
}
