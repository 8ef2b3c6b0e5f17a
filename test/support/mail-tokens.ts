import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KeyPair } from './test-certificates.ts';

/** Shared by the private Dovecot and whoever gives out its tokens. */
export const TOKEN_KEY = 'key of the private token service';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT that the private Dovecot takes for this mailbox; `livesS` below 0: it has ended. */
export function mailToken(email: string, livesS = 3_600): string {
  const now = Math.floor((performance.timeOrigin + performance.now()) / 1_000);
  const times = { iat: now - 60, nbf: now - 60, exp: now + livesS };
  const claims = { iss: 'https://tokens.example.test', sub: email, email, scope: 'mail', ...times };
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', TOKEN_KEY).update(signed).digest('base64url')}`;
}

/** What a token service answers: a token, or RFC 6749's error. */
export type TokenReply =
  | { readonly token: string }
  | { readonly status: number; readonly error: string };

export interface TokenService {
  readonly url: string;
  /** The forms that were posted, in order. */
  readonly asked: readonly { readonly path: string; readonly form: URLSearchParams }[];
  stop(): Promise<void>;
}

/** Token endpoint of Entra and of Google alike, over TLS, for the loopback. */
export async function startTokenService(
  pair: KeyPair,
  reply: (form: URLSearchParams) => TokenReply,
): Promise<TokenService> {
  const asked: { path: string; form: URLSearchParams }[] = [];
  const server = createServer(pair, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      asked.push({ path: request.url ?? '', form });
      const answer = reply(form);
      const isToken = 'token' in answer;
      response.writeHead(isToken ? 200 : answer.status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          isToken
            ? { token_type: 'Bearer', expires_in: 3_599, access_token: answer.token }
            : { error: answer.error, error_description: 'said by the token service' },
        ),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
