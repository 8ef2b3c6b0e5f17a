import type { EmailServerProfile, Endpoint } from '../../services/domain/profile.ts';
import type { ProfilePart } from '../../services/domain/set-up-change.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { joined, say } from '../elements.ts';
import { type CardText, plain } from '../text.ts';

/** Names may be long, and never more than a line or two. */
const LONGEST = 300;

/** `mail.contoso.com:993 · TLS from the start` */
export function endpointText(
  { host, port, tls }: Omit<Endpoint, 'protocol'>,
  t: Translator,
): CardText {
  return joined([plain(`${host}:${port}`, LONGEST), say(t, `card.tls.${tls}`)]);
}

export function locationText(location: string | null, t: Translator): CardText {
  if (location === null) return say(t, 'card.profile.searched');
  return location === '' ? say(t, 'card.profile.not-searched') : plain(location, LONGEST);
}

/** One part of a profile as it is. */
export function partText(profile: EmailServerProfile, part: ProfilePart, t: Translator): CardText {
  if (part !== 'location') return endpointText(profile[part], t);
  return locationText(profile.autodiscover ? null : (profile.location ?? ''), t);
}
