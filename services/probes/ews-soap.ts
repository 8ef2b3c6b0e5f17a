import { escapeUTF8 } from 'entities';
import type { AnswerHeaders, HttpAnswer } from './http-channel.ts';
import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import { ProtocolError } from './protocol-error.ts';
import { elementsNamed, parseXml, textNamed, type XmlElement } from './xml.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
export const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

type XmlDocument = NonNullable<ReturnType<typeof parseXml>>;

export function envelope(body: string, version: string, impersonated: string | null): string {
  const impersonation =
    impersonated === null
      ? ''
      : `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${xmlText(impersonated)}` +
        '</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>';
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<soap:Envelope xmlns:soap="${SOAP}" xmlns:t="${TYPES}" xmlns:m="${MESSAGES}">` +
    `<soap:Header><t:RequestServerVersion Version="${version}"/>${impersonation}</soap:Header>` +
    `<soap:Body>${body}</soap:Body></soap:Envelope>`
  );
}

/** XML 1.0 has no place for control characters, escaped or not. */
export function xmlText(text: string): string {
  return escapeUTF8(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
}

/** The SOAP document of an answer; what is none is a refusal of the web server's, or no Exchange at all. */
export function soapOf(response: HttpAnswer): XmlDocument {
  const { text } = response;
  const document = parseXml(text);
  if (document?.documentElement?.namespaceURI === SOAP) return document;
  if (response.status === 200) {
    throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: firstWords(text) });
  }
  throw httpRefusalOf(response, text);
}

/** A refusal without SOAP: the status is all there is to go by, beside a few headers. */
export function httpRefusalOf(response: HttpAnswer, text = ''): HttpRefusal {
  const { status, headers } = response;
  const words =
    headers.get('x-ms-diagnostics') ??
    headers.get('location') ??
    (firstWords(text) || 'no content');
  return new HttpRefusal(status, [], words, retryAfterOf(headers), refusalEvidence(headers));
}

/**
 * The response messages in the order of what was asked for; throws what the server refused.
 * `onRefused` is told which of them it was.
 */
export function responseMessages(
  document: XmlDocument,
  headers: AnswerHeaders,
  onRefused: (index: number) => void,
): readonly XmlElement[] {
  const [fault] = elementsNamed(document, SOAP, 'Fault');
  if (fault) throw refusalIn(fault, 500, headers);
  const [container] = elementsNamed(document, MESSAGES, 'ResponseMessages');
  const messages = container ? [...container.childNodes].filter(isElement) : [];
  if (messages.length === 0) {
    throw new ProtocolError('NOT_THIS_PROTOCOL', { reply: 'SOAP without response messages' });
  }
  const refused = messages.find((message) => message.getAttribute('ResponseClass') === 'Error');
  if (!refused) return messages;
  onRefused(messages.indexOf(refused));
  throw refusalIn(refused, 200, headers);
}

/** `15.2.1544.4`, as far as the server says. */
export function serverVersionOf(document: XmlDocument): string | null {
  const [info] = elementsNamed(document, TYPES, 'ServerVersionInfo');
  const parts = ['MajorVersion', 'MinorVersion', 'MajorBuildNumber', 'MinorBuildNumber'].map(
    (name) => info?.getAttribute(name),
  );
  return info && parts[0] ? parts.filter(Boolean).join('.') : null;
}

/** A fault keeps its code in its detail, a response message in itself; a schema fault in `faultcode` only. */
function refusalIn(element: XmlElement, status: number, headers: AnswerHeaders): HttpRefusal {
  const code =
    textNamed(element, '*', 'ResponseCode') ??
    textNamed(element, '*', 'faultcode')?.split(':').at(-1) ??
    '';
  const words =
    textNamed(element, '*', 'MessageText') ??
    textNamed(element, '*', 'faultstring') ??
    textNamed(element, '*', 'Message') ??
    '';
  const backOff = elementsNamed(element, '*', 'Value').find(
    (value) => value.getAttribute('Name') === 'BackOffMilliseconds',
  )?.textContent;
  // Exchange asks for patience in its own words, a load balancer in HTTP's: the longer one counts.
  const waitMs = Math.max(Number(backOff ?? '') || 0, retryAfterOf(headers) ?? 0);
  return new HttpRefusal(
    status,
    code === '' ? [] : [code],
    words,
    waitMs > 0 ? waitMs : null,
    refusalEvidence(headers),
  );
}

function isElement(node: { readonly nodeType: number }): node is XmlElement {
  return node.nodeType === 1;
}
