import { escapeUTF8 } from 'entities';
import { HttpRefusal } from './http-refusal.ts';
import { elementsNamed, parseXml, textNamed } from './xml.ts';

/** What an autodiscover service said, whichever of its two languages it spoke. */
export type AutodiscoverReply =
  | { readonly kind: 'found'; readonly url: string }
  | { readonly kind: 'other-address'; readonly address: string }
  | { readonly kind: 'other-service'; readonly url: string }
  /** It has an answer about this address, and it is no. */
  | { readonly kind: 'refused'; readonly refusal: HttpRefusal }
  /** Not an answer of an autodiscover service. */
  | { readonly kind: 'no-answer' };

const NO_ANSWER: AutodiscoverReply = { kind: 'no-answer' };
const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** For clients outside first, then for those inside; either works where it can be reached. */
const PROTOCOLS = ['EXPR', 'EXCH'];

export function poxRequest(address: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${REQUEST}"><Request>` +
    `<EMailAddress>${escapeUTF8(address)}</EMailAddress>` +
    `<AcceptableResponseSchema>${RESPONSE}</AcceptableResponseSchema></Request></Autodiscover>`
  );
}

/** MS-OXDSCLI, "plain old XML". */
export function readPox(text: string): AutodiscoverReply {
  const document = parseXml(text);
  if (document?.documentElement?.localName !== 'Autodiscover') return NO_ANSWER;
  const [error] = elementsNamed(document, '*', 'Error');
  if (error) {
    const code = textNamed(error, '*', 'ErrorCode') ?? '';
    return refused(`autodiscover-${code}`, textNamed(error, '*', 'Message') ?? '');
  }
  switch (textNamed(document, '*', 'Action')) {
    case 'redirectAddr':
      return textOr(textNamed(document, '*', 'RedirectAddr'), (address) => ({
        kind: 'other-address',
        address,
      }));
    case 'redirectUrl':
      return textOr(textNamed(document, '*', 'RedirectUrl'), (url) => ({
        kind: 'other-service',
        url,
      }));
    case 'settings':
      break;
    default:
      return NO_ANSWER;
  }
  const protocols = elementsNamed(document, '*', 'Protocol');
  for (const type of PROTOCOLS) {
    const protocol = protocols.find((each) => textNamed(each, '*', 'Type') === type);
    const url = protocol && textNamed(protocol, '*', 'EwsUrl');
    if (url) return { kind: 'found', url };
  }
  return refused('autodiscover-no-ews', 'the settings name no Exchange Web Services');
}

/** MS-OXDISCO, version 2: one JSON object. */
export function readJson(text: string): AutodiscoverReply {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return NO_ANSWER;
  }
  if (typeof value !== 'object' || value === null) return NO_ANSWER;
  const { Url, ErrorCode, ErrorMessage } = value as Readonly<Record<string, unknown>>;
  if (typeof Url === 'string' && Url !== '') return { kind: 'found', url: Url };
  if (typeof ErrorCode !== 'string') return NO_ANSWER;
  return refused(`autodiscover-${ErrorCode}`, typeof ErrorMessage === 'string' ? ErrorMessage : '');
}

function refused(code: string, words: string): AutodiscoverReply {
  return { kind: 'refused', refusal: new HttpRefusal(200, [code], words, null) };
}

function textOr(
  text: string | null,
  reply: (text: string) => AutodiscoverReply,
): AutodiscoverReply {
  return text === null || text === '' ? NO_ANSWER : reply(text);
}
