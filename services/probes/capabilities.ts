/** What a support engineer looks for first: a long list is cut off on a card. */
const TELLING = [
  'AUTH',
  'SASL',
  'LOGINDISABLED',
  'STARTTLS',
  'STLS',
  'IDLE',
  'SIZE',
  'UIDL',
  'QUOTA',
];

/** A server's capabilities as evidence: each once, the telling ones in front, otherwise in its order. */
export function listed(capabilities: Iterable<string>): string {
  const names = [...new Set(capabilities)];
  return [...names.filter(isTelling), ...names.filter((name) => !isTelling(name))].join(', ');
}

function isTelling(capability: string): boolean {
  const name = capability.toUpperCase();
  return TELLING.some(
    (each) => name === each || name.startsWith(`${each}=`) || name.startsWith(`${each} `),
  );
}

/** The lines of an EHLO reply without their codes; the first is the server's name. */
export function ehloCapabilities(lines: readonly string[]): readonly string[] {
  return lines.slice(1).map((line) => line.slice(4).trim());
}

/** SASL mechanisms that an EHLO reply names; some servers write `AUTH=`. */
export function ehloMechanisms(capabilities: readonly string[]): readonly string[] {
  return capabilities
    .filter((capability) => /^AUTH[ =]/i.test(capability))
    .flatMap((capability) => capability.slice(5).toUpperCase().split(/[ =]+/))
    .filter((mechanism) => mechanism !== '');
}

/** The reason that a server gives for a refused token: JSON in base64 (Google and Microsoft do alike). */
export function tokenRefusal(challenge: string): string {
  const text = Buffer.from(challenge.trim(), 'base64').toString('utf8');
  return text.startsWith('{') ? text : challenge;
}
