import type { Evidence } from '../domain/failure.ts';

/** Codes of this folder's own; everything else that is classified comes from Node or a library. */
export type ProtocolErrorCode =
  | 'DEADLINE'
  | 'CANCELLED'
  | 'CONNECTION_CLOSED'
  /** A name that a person gave leads to this machine, or to what its cloud tells it alone. */
  | 'ADDRESS_OF_ITS_OWN'
  | 'NOT_THIS_PROTOCOL'
  | 'REPLY_TOO_LONG'
  | 'TLS_NOT_OFFERED'
  | 'TLS_INJECTION'
  | 'INSECURE_CHANNEL'
  | 'NO_CREDENTIALS'
  | 'UNSUPPORTED_CREDENTIALS'
  /** The server names its ways to sign in, and ours is not among them. */
  | 'NO_COMMON_MECHANISM'
  | 'ERROR_REPLY'
  /** Some recipients were refused, and the others have the message. */
  | 'PARTLY_DELIVERED'
  | 'HTTP_STATUS'
  | 'AUTODISCOVER_FAILED'
  | 'AUTODISCOVER_UNREACHED'
  | 'AUTODISCOVER_LOOP'
  /** Only a host that we have no reason to trust has an answer, or wants the password. */
  | 'AUTODISCOVER_FOREIGN'
  /** A verification result of OpenSSL or Node, e.g. `CERT_HAS_EXPIRED`. */
  | (string & {});

/**
 * A server or a network that did not do what the protocol promises. An expected outcome, so it never
 * leaves this folder: the session turns it into a classified failure.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  /** The server's own words, as received; redacted only when they become evidence. */
  readonly reply: string | null;
  /** What else came with the refusal. */
  readonly evidence: readonly Evidence[];

  constructor(
    code: ProtocolErrorCode,
    options: {
      readonly reply?: string;
      readonly cause?: unknown;
      readonly evidence?: readonly Evidence[];
    } = {},
  ) {
    super(options.reply === undefined ? code : `${code}: ${options.reply}`, {
      cause: options.cause,
    });
    this.code = code;
    this.reply = options.reply ?? null;
    this.evidence = options.evidence ?? [];
  }
}
