import type { ChangeFormView, ChangeTrouble, MailboxView } from '../../cards/index.ts';
import type { Evidence, FailureReason } from '../../services/domain/failure.ts';
import { DIRECTIONS } from '../../services/domain/mailbox.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import { USUAL_PORTS } from '../../services/domain/server-address.ts';
import type { ProfilePart, ServerSide } from '../../services/domain/set-up-change.ts';

/** What a person typed and chose; nothing where the form is opened. */
export interface TypedChange {
  readonly url: string;
  readonly host: string;
  readonly usual: string;
  readonly port: string;
}

const EWS_PATH = '/EWS/Exchange.asmx';

/** The form for one part of a profile, filled with what is known or what was typed. */
export function changeFormView(
  mailbox: MailboxView,
  profile: EmailServerProfile,
  part: ProfilePart,
  typed: TypedChange | null,
  trouble: ChangeTrouble | null,
): ChangeFormView {
  const common = { mailbox, profile, part, trouble };
  if (part === 'location') {
    const url = typed?.url ?? profile.location ?? locationSeen(mailbox) ?? '';
    return { ...common, typed: { url, host: '', port: '' }, choices: [], chosen: '' };
  }
  const { host, port, tls, protocol } = profile[part];
  const usual = protocol === 'ews' || protocol === 'graph' ? [] : USUAL_PORTS[protocol];
  const known = usual.some((one) => one.port === port && one.tls === tls);
  const choices = [...usual, ...(known || tls === 'none' ? [] : [{ port, tls }])];
  const [first] = choices;
  const current = choices.find((one) => one.port === port && one.tls === tls);
  const other = choices.find((one) => one !== current) ?? first;
  const marked = current !== undefined && !portIsWrong(mailbox, part) ? current : other;
  return {
    ...common,
    typed: { url: '', host: typed?.host ?? host, port: typed?.port ?? '' },
    choices,
    chosen: typed?.usual ?? (marked === undefined ? '' : `${marked.port} ${marked.tls}`),
  };
}

/** The server answers there, but not in this way: another of the usual choices is likelier. */
const PORT_REASONS: readonly FailureReason[] = [
  'wrong-protocol',
  'tls-unavailable',
  'tls-required',
  'insecure-channel-refused',
  'connection-refused',
];

function portIsWrong({ mailbox }: MailboxView, side: ServerSide): boolean {
  const { lastFailure } = mailbox.directions[side];
  return lastFailure !== null && PORT_REASONS.includes(lastFailure.reason);
}

/**
 * Where a failed search saw an Exchange server: its web services as autodiscover named them, else the
 * host that wanted a sign-in. Nothing of it is asked; whoever fills the form looks at it first.
 */
function locationSeen({ mailbox }: MailboxView): string | null {
  const evidence = DIRECTIONS.flatMap(
    (direction): readonly Evidence[] => mailbox.directions[direction].lastFailure?.evidence ?? [],
  );
  const urls = evidence.flatMap(({ label, value }) => (label === 'endpoint' ? [value] : []));
  const named = urls
    .map(urlOf)
    .find((url) => url?.pathname.toLowerCase() === EWS_PATH.toLowerCase());
  if (named !== undefined && named !== null) return `${named.origin}${named.pathname}`;
  // `https://mail.contoso.com/autodiscover/…: 401`: it wants to know who asks, as Exchange does.
  const answered = urls.filter((text) => /: (?:200|401)$/.test(text)).map(urlOf);
  const host = answered.find((url) => url !== null)?.origin;
  return host === undefined ? null : `${host}${EWS_PATH}`;
}

function urlOf(text: string): URL | null {
  const [candidate = ''] = text.split(/:? /, 1);
  return candidate.startsWith('https://') && URL.canParse(candidate) ? new URL(candidate) : null;
}
