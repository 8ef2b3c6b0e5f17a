import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Client } from '@microsoft/microsoft-graph-client';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { secretOf } from '../../services/observability/index.ts';
import { createProbes } from '../../services/probes/index.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';
import { contend, type Session } from './contest.ts';
import type { ExchangeServers } from './exchange-servers.ts';

const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const GRAPH_PATHS = [
  '/mailFolders/inbox?$select=id,totalItemCount',
  '/mailFolders/inbox/messages?$select=id,receivedDateTime&$orderby=receivedDateTime%20desc&$count=true&$top=50',
];

/** Exchange's two probes: two requests over one new connection, on both sides and with the same bytes. */
export async function benchExchange(): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'exchange-servers.ts')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const servers = JSON.parse(line) as ExchangeServers;
    await contend('stand-ins of Exchange in another process', [
      {
        name: 'EWS (node:https and xmldom)',
        ours: oursOver('ews', servers),
        bare: () => bareEws(servers),
      },
      {
        name: 'Graph (microsoft-graph-client)',
        ours: oursOver('graph', servers),
        bare: () => bareGraph(servers),
      },
    ]);
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}

function oursOver(protocol: 'ews' | 'graph', servers: ExchangeServers): Session {
  const { address, application, ews, graph } = servers;
  const probe = createProbes().probes[protocol]!;
  const credentials =
    protocol === 'ews'
      ? passwordOf(servers.password, address)
      : ({
          ...application,
          kind: 'client-credentials',
          clientSecret: secretOf(application.clientSecret),
          authority: graph.url,
          graph: graph.url,
        } as const);
  return async () => {
    const endpoint = { protocol, host: 'localhost', port: servers[protocol].port } as const;
    const outcome = await probe.run(
      probeRequest({ ...endpoint, tls: 'implicit' }, credentials, {
        address,
        certificateAuthorities: [servers.certificateAuthority],
        deadlineMs: 60_000,
        ...(protocol === 'ews' && { exchange: ews.access }),
      }),
    );
    if (outcome.outcome !== 'passed') throw new TypeError(JSON.stringify(outcome));
  };
}

async function bareEws({
  address,
  password,
  ews,
  certificateAuthority: ca,
}: ExchangeServers): Promise<void> {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
  const headers = {
    authorization: `Basic ${Buffer.from(`${address}:${password}`).toString('base64')}`,
    'content-type': 'text/xml; charset=utf-8',
    accept: 'text/xml',
    'user-agent': 'bench',
  };
  const inbox =
    '<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>' +
    `${address}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`;
  const call = async (body: string) => {
    const answer = await exchange(
      agent,
      ews.access.url,
      { method: 'POST', headers },
      envelopeOf(body),
    );
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(answer.body, 'text/xml');
  };
  const folder = await call(
    '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>' +
      `<m:FolderIds>${inbox}</m:FolderIds></m:GetFolder>`,
  );
  const count = folder.getElementsByTagNameNS(TYPES, 'TotalCount')[0]?.textContent;
  const listed = await call(
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>' +
      '<t:FieldURI FieldURI="item:DateTimeReceived"/></t:AdditionalProperties></m:ItemShape>' +
      '<m:IndexedPageItemView MaxEntriesReturned="50" Offset="0" BasePoint="Beginning"/><m:SortOrder>' +
      '<t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:DateTimeReceived"/></t:FieldOrder>' +
      `</m:SortOrder><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindItem>`,
  );
  const times = [...listed.getElementsByTagNameNS(TYPES, 'DateTimeReceived')];
  const [found] = listed.getElementsByTagNameNS(MESSAGES, 'RootFolder');
  agent.destroy();
  const total = found?.getAttribute('TotalItemsInView');
  if (total !== count || times.length !== Number(count))
    throw new TypeError('the inbox has another number of messages');
}

function envelopeOf(body: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}">` +
    '<soap:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></soap:Header>' +
    `<soap:Body>${body}</soap:Body></soap:Envelope>`
  );
}

/**
 * The global `fetch`, which the library takes by itself, has one pool of connections for the process and
 * no certificate authority of a test's own. Without its retries and redirects, as the probe has it.
 */
async function bareGraph({
  address,
  graph,
  certificateAuthority: ca,
}: ExchangeServers): Promise<void> {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
  const client = Client.initWithMiddleware({
    baseUrl: graph.url,
    customHosts: new Set(['localhost']),
    middleware: {
      async execute(context) {
        const headers = {
          ...(context.options?.headers as Record<string, string>),
          authorization: 'Bearer demo-token-1',
        };
        const answer = await exchange(agent, context.request as string, {
          method: 'GET',
          headers,
        });
        context.response = new Response(answer.body, {
          status: answer.status,
          headers: answer.headers,
        });
      },
    },
  });
  const answers: Record<string, unknown>[] = [];
  for (const path of GRAPH_PATHS) {
    const url = `/users/${encodeURIComponent(address)}${path}`;
    answers.push((await client.api(url).get()) as Record<string, unknown>);
  }
  agent.destroy();
  const [inbox, listed] = answers;
  if (listed?.['@odata.count'] !== inbox?.['totalItemCount'])
    throw new TypeError('the inbox has another number of messages');
}

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function exchange(agent: Agent, url: string, asked: Asked, body?: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, ...asked }, (message) => {
      text(message).then(
        (content) =>
          resolve({
            status: message.statusCode ?? 0,
            headers: message.headers as Record<string, string>,
            body: content,
          }),
        reject,
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
