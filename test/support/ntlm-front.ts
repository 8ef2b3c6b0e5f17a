import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { secretOf } from '../../services/observability/index.ts';
import { createNtlmServer, type NtlmConversation } from '../demo/servers/ews-ntlm.ts';
import type { DataverseWorld } from './dataverse-world.ts';

export const ACCOUNT = { userName: 'CONTOSO\\medic', password: secretOf('p4ss') } as const;

export interface NtlmFront {
  /** With the organization in its path. */
  readonly url: string;
  /** Of the requests that came in, in order. */
  readonly signed: readonly string[];
  closeConnections(): void;
  stop(): void;
}

const ntlm = createNtlmServer({
  domain: 'CONTOSO',
  computer: 'CRM',
  passwordOf: (userName) => (userName === ACCOUNT.userName ? 'p4ss' : null),
  protection: null,
});

/** Version 9.1 of an organization in its path, behind Windows authentication of the connection. */
export async function startNtlmFront(world: DataverseWorld): Promise<NtlmFront> {
  const signed: string[] = [];
  let frontUrl = '';
  const begun = new WeakMap<Socket, NtlmConversation>();
  const known = new WeakSet<Socket>();
  const front = createServer((request, response) => {
    const { socket } = request;
    if (request.headers.authorization?.startsWith('Bearer ') === true) {
      signed.push(request.headers.authorization);
    }
    const message = /^NTLM (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const bytes = message === undefined ? null : Buffer.from(message, 'base64');
    const refuse = (challenge = ''): void => {
      const scheme = challenge === '' ? 'NTLM' : `NTLM ${challenge}`;
      response.writeHead(401, { 'www-authenticate': scheme }).end();
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (bytes !== null && begun.has(socket)) {
        if (ntlm.accept(begun.get(socket)!, bytes) !== null) known.add(socket);
        begun.delete(socket);
      } else if (bytes !== null) {
        const conversation = ntlm.begin(bytes);
        if (conversation !== null) begun.set(socket, conversation);
        signed.push('begun');
        refuse(conversation?.challenge.toString('base64'));
        return;
      }
      if (!known.has(socket)) {
        signed.push('refused');
        refuse();
        return;
      }
      signed.push('answered');
      const path = (request.url ?? '').replace(/^\/Contoso\/api\/data\/v9\.1\//, '/api/data/v9.2/');
      const body = Buffer.concat(chunks).toString().replaceAll('/Contoso/api/data/v9.1/', '');
      const own = ['host', 'authorization', 'content-length', 'connection'];
      const passed = Object.entries(request.headers).filter(([name]) => !own.includes(name));
      void fetch(`${world.organization.url}${path}`, {
        method: request.method ?? 'GET',
        headers: {
          ...(Object.fromEntries(passed) as Record<string, string>),
          authorization: `Bearer ${world.organization.token(world.application)}`,
        },
        ...(body === '' ? {} : { body }),
      }).then(async (answer) => {
        const type = answer.headers.get('content-type') ?? '';
        const text = (await answer.text()).replaceAll(
          `${world.organization.url}/api/data/v9.2/`,
          `${frontUrl}/api/data/v9.1/`,
        );
        response.writeHead(answer.status, { 'content-type': type }).end(text);
      });
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  frontUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}/Contoso`;
  return {
    url: frontUrl,
    signed,
    closeConnections: () => front.closeAllConnections(),
    stop() {
      front.closeAllConnections();
      front.close();
    },
  };
}
