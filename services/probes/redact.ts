import type { ProbeCredentials } from './probe.ts';

const LONGEST_VALUE = 300;
/** A shorter secret would blank ordinary words; no server accepts such a password anyway. */
const SHORTEST_MASKED = 4;

/** The third message of NTLM in base64: whoever has it can try passwords on it at leisure. */
const NTLM_PROOF = /TlRMTVNTUAAD[A-Za-z0-9+/=]*/g;

export type Redact = (value: string) => string;

/**
 * Makes a server's text fit to be shown: one line, no control characters, at most 300 characters, and
 * none of the forms in which the secret travels. Servers do echo the command that they refuse.
 */
export function redactionOf(credentials: ProbeCredentials): Redact {
  const forms = secretForms(credentials).filter((form) => form.length >= SHORTEST_MASKED);
  return (value) => {
    let text = value;
    for (const form of forms) text = text.replaceAll(form, '[secret]');
    return oneLine(text.replace(NTLM_PROOF, '[secret]'));
  };
}

function secretForms(credentials: ProbeCredentials): readonly string[] {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  switch (credentials.kind) {
    case 'password': {
      const password = credentials.password.reveal();
      return [
        base64(`\0${credentials.userName}\0${password}`),
        base64(`${credentials.userName}:${password}`),
        base64(password),
        password,
      ];
    }
    case 'bearer': {
      const token = credentials.accessToken.reveal();
      return [xoauth2(credentials.userName, token), base64(token), token];
    }
    case 'client-credentials': {
      const secret = credentials.clientSecret.reveal();
      return [encodeURIComponent(secret), base64(secret), secret];
    }
    case 'none':
      return [];
  }
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
