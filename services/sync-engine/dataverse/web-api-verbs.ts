import { type Asking, FORMATTED_VALUE, LOOKUP_TABLE } from './web-api.ts';
import type { Send } from './web-api-sender.ts';
import type { ApiAnswer } from './web-api-transport.ts';

export const ODATA_HEADERS = {
  accept: 'application/json',
  'odata-version': '4.0',
  'odata-maxversion': '4.0',
  'user-agent': 'MailboxMedic',
} as const;

const ANNOTATIONS = `odata.include-annotations="${FORMATTED_VALUE},${LOOKUP_TABLE}"`;

/** The preference for what people read beside the values, unless the bare values are wanted. */
export const annotated = (bare: boolean | undefined): readonly string[] =>
  bare === true ? [] : [ANNOTATIONS];

/** What the readings and writings of one organization share. */
export interface Verbs {
  readonly base: URL;
  readonly send: Send;
  /** GET; what its status says is for the caller. */
  readonly ask: (url: URL, prefer: readonly string[], asking: Asking) => Promise<ApiAnswer>;
}

export function createVerbs(base: URL, send: Send): Verbs {
  return {
    base,
    send,
    ask: (url, prefer, asking) => {
      const preferences = prefer.length === 0 ? {} : { prefer: prefer.join(',') };
      const headers = { ...ODATA_HEADERS, ...preferences };
      return send({ method: 'GET', url, headers, repeatable: true }, asking);
    },
  };
}
