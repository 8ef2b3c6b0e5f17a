import { secretOf } from '../../services/observability/index.ts';
import { createEwsProbe } from '../../services/probes/ews.ts';
import { createTrust } from '../../services/probes/tls.ts';
import type { Answer, Conversation } from '../support/byte-server.ts';
import { probeContract } from './probe.contract.ts';

const SECRET = 'sesame-open-5';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

function http(status: string, body: string, head: readonly string[] = []): string {
  const lines = [...head, 'content-type: text/xml', `content-length: ${Buffer.byteLength(body)}`];
  return `HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

function soap(operation: string, content: string): string {
  const message = `${operation}ResponseMessage`;
  return http(
    '200 OK',
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}"><s:Body>` +
      `<m:${operation}Response><m:ResponseMessages><m:${message} ResponseClass="Success">` +
      `<m:ResponseCode>NoError</m:ResponseCode>${content}</m:${message}></m:ResponseMessages></m:${operation}Response></s:Body></s:Envelope>`,
  );
}

const inbox = soap(
  'GetFolder',
  '<m:Folders><t:Folder><t:TotalCount>1</t:TotalCount></t:Folder></m:Folders>',
);
const newest = soap(
  'FindItem',
  '<m:RootFolder><t:Items><t:Message><t:ItemId Id="i1"/></t:Message></t:Items></m:RootFolder>',
);

/** All calls go to one address, and a body has no line end before the next: the first of them signs in. */
function answersOf(fault?: { readonly at: string; readonly answer: Answer }): Conversation {
  const answers = [
    fault?.at === 'authenticate' ? fault.answer : inbox,
    fault?.at === 'exchange' ? fault.answer : newest,
  ];
  return {
    answer: (line) => (line.includes('POST /EWS/Exchange.asmx') ? (answers.shift() ?? null) : null),
  };
}

/** GetFolder shows at once who we are and whether we may, so `authorise` has no wait of its own. */
probeContract({
  protocol: 'ews',
  create: () => createEwsProbe(createTrust()),
  tls: 'implicit',
  stages: ['authenticate', 'exchange'],
  secret: SECRET,
  credentials: () => ({
    kind: 'bearer',
    userName: 'alice@example.test',
    accessToken: secretOf(SECRET),
  }),
  server: (fault) => () => answersOf(fault),
  sentBefore: { authenticate: '/EWS/Exchange.asmx', exchange: 'm:FindItem' },
  farewell: null,
  refusalWith: (text) =>
    http('401 Unauthorized', '', [
      `x-ms-diagnostics: 2000003;reason="${text.replace(/\p{Cc}/gu, ' ')}"`,
    ]),
});
