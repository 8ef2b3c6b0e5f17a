import type { ProbeCredentials } from './probe.ts';
import { secretsIn } from './token-source.ts';

const LONGEST_VALUE = 300;
/** A shorter secret is masked where it stands alone, or it would blank ordinary words. */
const SHORTEST_ANYWHERE = 4;
/** Servers cut what they quote: so much of a secret's beginning gives it away. */
const LONGEST_PREFIX = 8;

const MASK = '[secret]';
/** The third message of NTLM in base64: whoever has it can try passwords on it at leisure. */
const NTLM_PROOF = /TlRMTVNTUAAD[A-Za-z0-9+/=]*/g;
const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
/** CRAM-MD5 answers with the user name and this; it can be tried on as well. */
const CRAM_PROOF = / [0-9a-f]{16,32}$/;

export interface Redact {
  (value: string): string;
  /** Something secret that turned up on the way, e.g. a token that was just issued. */
  learn(secret: string): void;
}

/**
 * Makes a server's text fit to be shown: one line, no control characters, at most 300 characters, and
 * none of the forms in which the secret travels. Servers do echo the command that they refuse, cut it
 * short, and change its case.
 */
export function redactionOf(credentials: ProbeCredentials): Redact {
  const { userName, secrets } = secretsOf(credentials);
  let forms: readonly Form[] = [];
  let markers: readonly string[] = [];
  const refresh = (): void => {
    forms = secrets.flatMap((secret) => spellingsOf(secret, userName)).map(formOf);
    markers = [`\0${userName}\0`, 'auth=Bearer', ...secrets.map(beginningOf)]
      .filter(isTelling)
      .map((marker) => marker.toLowerCase());
  };
  refresh();
  const redact = (value: string): string => {
    let text = value;
    for (const form of forms) text = masked(text, form);
    text = text
      .replace(NTLM_PROOF, MASK)
      .replace(BASE64_RUN, (run) => (hidesSecret(run, markers) ? MASK : run));
    return oneLine(text);
  };
  return Object.assign(redact, {
    learn(secret: string) {
      secrets.push(secret);
      refresh();
    },
  });
}

function secretsOf(credentials: ProbeCredentials): { userName: string; secrets: string[] } {
  switch (credentials.kind) {
    case 'password':
      return { userName: credentials.userName, secrets: [credentials.password.reveal()] };
    case 'bearer':
      return { userName: credentials.userName, secrets: [credentials.accessToken.reveal()] };
    case 'oauth':
      return {
        userName: credentials.userName,
        secrets: secretsIn(credentials.source).map((secret) => secret.reveal()),
      };
    case 'client-credentials':
      return { userName: '', secrets: [credentials.clientSecret.reveal()] };
    case 'none':
      return { userName: '', secrets: [] };
  }
}

/** What travels, and what a page or a JSON answer makes of it; longer ones first, as they hold the others. */
function spellingsOf(secret: string, userName: string): readonly string[] {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const escaped = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const spellings = [
    xoauth2(userName, secret),
    base64(`\0${userName}\0${secret}`),
    base64(`${userName}:${secret}`),
    base64(secret),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    escaped,
    secret,
  ];
  return [...new Set(spellings)].filter((form) => form !== '');
}

interface Form {
  readonly exact: string;
  readonly lower: string;
  readonly beginning: string;
}

function formOf(exact: string): Form {
  const lower = exact.toLowerCase();
  return { exact, lower, beginning: lower.slice(0, LONGEST_PREFIX) };
}

/** Every place where the form, or a cut-off beginning of it, stands; whatever its case. */
function masked(text: string, { exact, lower, beginning }: Form): string {
  if (exact.length < SHORTEST_ANYWHERE) return maskedAlone(text, exact);
  const hay = text.toLowerCase();
  // Case mapping may change the length of exotic letters; then only the exact form is looked for.
  if (hay.length !== text.length || lower.length !== exact.length) {
    return text.replaceAll(exact, MASK);
  }
  let result = '';
  let from = 0;
  for (let at = hay.indexOf(beginning); at >= 0; at = hay.indexOf(beginning, from)) {
    let length = beginning.length;
    while (length < lower.length && hay[at + length] === lower[length]) length += 1;
    result += `${text.slice(from, at)}${MASK}`;
    from = at + length;
  }
  return from === 0 ? text : result + text.slice(from);
}

function maskedAlone(text: string, form: string): string {
  return text
    .split(/(\s+|["'<>=:,;()[\]])/)
    .map((word) => (word === form ? MASK : word))
    .join('');
}

/** Base64 of something around the secret, or of a part of it: other SASL methods, a cut-off echo. */
function hidesSecret(run: string, markers: readonly string[]): boolean {
  const decoded = Buffer.from(run, 'base64').toString('utf8');
  if (CRAM_PROOF.test(decoded)) return true;
  const words = decoded.toLowerCase();
  return markers.some((marker) => words.includes(marker));
}

function beginningOf(secret: string): string {
  return secret.slice(0, LONGEST_PREFIX);
}

function isTelling(marker: string): boolean {
  return marker.length >= SHORTEST_ANYWHERE;
}

/** SASL XOAUTH2 initial response, base64 (Google and Microsoft document the same form). */
export function xoauth2(userName: string, accessToken: string): string {
  return Buffer.from(`user=${userName}\x01auth=Bearer ${accessToken}\x01\x01`).toString('base64');
}

function oneLine(text: string): string {
  let line = '';
  for (const character of text) {
    if (line.length >= LONGEST_VALUE) return `${line.trim()}…`;
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f) || isDirectional(code);
    if (!isControl) line += character;
    else if (!line.endsWith(' ')) line += ' ';
  }
  return line.trim();
}

/** Unicode's invisible direction marks can make a reply read as something else. */
function isDirectional(code: number): boolean {
  return (
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0x200e ||
    code === 0x200f
  );
}
