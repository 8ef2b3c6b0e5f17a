import type { FailureReason } from '../../services/domain/failure.ts';
import type { Direction } from '../../services/domain/mailbox.ts';
import type { ServerSight } from '../../services/domain/server-sight.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { type Elements, joined, say, text } from '../elements.ts';
import type { SightView } from '../sight-views.ts';
import { type CardText, tidy } from '../text.ts';

const LONGEST_HOST = 100;

/** Beside the verdict of Dynamics 365: what this bot's own machine saw of the same server, and when. */
export function sightLines(views: readonly SightView[], t: Translator): Elements {
  return views.map((view) =>
    text(joined([headOf(view.sight, t), ...sentences(view, t)], ' '), {
      size: 'small',
      spacing: 'small',
    }),
  );
}

/** Before them, on a card that says nowhere else why something fails: what Dynamics 365 says. */
export function verdictLines(views: readonly SightView[], t: Translator): Elements {
  return [...new Set(views.map(({ verdict }) => verdict))].map((verdict) =>
    verdict === null || verdict === 'unknown'
      ? null
      : text(say(t, 'card.sight.verdict', { reason: t(`card.reason.${verdict}`) }), {
          size: 'small',
          spacing: 'small',
        }),
  );
}

/** Those that stand with this direction: a server is spoken of once, where it fails first. */
export function sightLinesOf(
  views: readonly SightView[],
  direction: Direction,
  t: Translator,
): Elements {
  return sightLines(
    views.filter(({ directions, verdict }) => verdict !== null && directions[0] === direction),
    t,
  );
}

function headOf({ at }: ServerSight, t: Translator): CardText {
  return say(t, 'card.sight.head', { when: t.dateTime(at) });
}

function sentences({ sight, verdict }: SightView, t: Translator): readonly (CardText | null)[] {
  const { host, port } = sight.endpoint;
  const server = `${tidy(host, LONGEST_HOST)}:${port}`;
  const found = say(t, `card.sight.${sight.outcome}`, { server });
  switch (sight.outcome) {
    case 'well':
      return [found, certificateGood(sight, t), waysIn(sight, t), conclusion(verdict, t)];
    case 'wrong':
      return [found, wrongText(sight, t)];
    case 'unreached':
      return [found, reasonText(sight.reason, t), say(t, 'card.sight.own-network')];
    case 'not-looked':
      return [found];
  }
}

function certificateGood({ certificateEndsAt }: ServerSight, t: Translator): CardText | null {
  return certificateEndsAt === null
    ? null
    : say(t, 'card.sight.certificate-good', { when: t.dateTime(certificateEndsAt) });
}

function waysIn({ signIn, endpoint }: ServerSight, t: Translator): CardText | null {
  if (signIn.length > 0) return say(t, 'card.sight.sign-in', { methods: t.list(signIn) });
  const overHttp = endpoint.protocol === 'ews' || endpoint.protocol === 'graph';
  return overHttp ? null : say(t, 'card.sight.no-sign-in');
}

function wrongText({ reason, certificateEndsAt, at }: ServerSight, t: Translator): CardText | null {
  switch (reason) {
    case 'certificate-expired':
      return certificateEndsAt !== null && certificateEndsAt <= at
        ? say(t, 'card.sight.certificate-ended', { when: t.dateTime(certificateEndsAt) })
        : say(t, 'card.sight.certificate-early');
    // Those of our own words that speak of Dynamics 365, or of a mailbox.
    case 'tls-version':
      return say(t, 'card.sight.tls-version');
    case 'location-undetermined':
      return say(t, 'card.sight.nothing-there');
    default:
      return reasonText(reason, t);
  }
}

function reasonText(reason: FailureReason | null, t: Translator): CardText | null {
  return reason === null ? null : say(t, `card.reason.${reason}`);
}

/** What a server that is well says of a verdict. */
function conclusion(verdict: FailureReason | null, t: Translator): CardText | null {
  if (verdict === null) return null;
  if (OF_THE_WAY.has(verdict)) return say(t, 'card.sight.then.reached');
  return OF_THE_SIGN_IN.has(verdict) ? say(t, 'card.sight.then.sign-in') : null;
}

const OF_THE_WAY: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'host-not-found',
  'connection-refused',
  'connection-lost',
  'timeout',
  'server-unavailable',
  'certificate-expired',
  'certificate-untrusted',
  'certificate-wrong-host',
  'tls-version',
  'tls-unavailable',
  'location-undetermined',
]);

const OF_THE_SIGN_IN: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'credentials-rejected',
  'credentials-missing',
  'password-expired',
  'authentication-disabled',
  'account-disabled',
  'permission-denied',
]);
