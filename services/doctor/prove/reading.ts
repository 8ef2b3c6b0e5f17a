import type { Assumption } from './assumption.ts';

const ANNOTATED =
  'odata.include-annotations="OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.lookuplogicalname"';
const OWNER = '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname';
const REQUESTS_LEFT = 'x-ms-ratelimit-burst-remaining-xrm-requests';
const TIME_LEFT = 'x-ms-ratelimit-time-remaining-xrm-requests';
const DOCUMENTED_REQUESTS = 6_000;

/** One row of a mailbox as the engine reads it: its owner and its version, nothing that names it. */
const ONE_MAILBOX = 'mailboxes?$select=mailboxid,_ownerid_value,versionnumber';

export const paging: Assumption = {
  id: 'paging',
  assumed: {
    en: 'Pages have the size that was asked for, and the link to the next one stays in the same set of the same address.',
    sv: 'Sidor har den storlek man ber om, och länken till nästa stannar i samma mängd på samma adress.',
  },
  needs: ['table.mailbox'],
  async observe(patient, signal) {
    const { body } = await patient.get(ONE_MAILBOX, signal, ['odata.maxpagesize=1']);
    const rows = Array.isArray(body.value) ? body.value.length : 0;
    const link = body['@odata.nextLink'];
    if (link === undefined) {
      return {
        verdict: rows <= 1 ? 'open' : 'refuted',
        seen: { en: `${rows} rows, no further page.`, sv: `${rows} rader, ingen mer sida.` },
      };
    }
    const next = typeof link === 'string' && URL.canParse(link) ? new URL(link) : null;
    const stays =
      next?.origin === patient.organization?.url.origin &&
      next?.pathname.endsWith('/mailboxes') === true;
    return {
      verdict: stays && rows === 1 ? 'confirmed' : 'refuted',
      seen: {
        en: `${rows} row, and the link ${stays ? 'stays' : 'leads elsewhere'}.`,
        sv: `${rows} rad, och länken ${stays ? 'stannar' : 'leder någon annanstans'}.`,
      },
    };
  },
};

export const annotations: Assumption = {
  id: 'annotations',
  assumed: {
    en: 'A row says of which version it is, and whether its owner is a user or a team.',
    sv: 'En rad säger vilken version den har, och om ägaren är en användare eller ett team.',
  },
  needs: ['table.mailbox'],
  async observe(patient, signal) {
    const { body } = await patient.get(`${ONE_MAILBOX}&$top=1`, signal, [ANNOTATED]);
    const [row] = (Array.isArray(body.value) ? body.value : []) as Record<string, unknown>[];
    if (row === undefined) {
      return { verdict: 'open', seen: { en: 'No mailbox to see.', sv: 'Ingen postlåda att se.' } };
    }
    const owner = row[OWNER];
    const etag = row['@odata.etag'];
    const hasVersion = typeof etag === 'string' && /^W\/"\d+"$/.test(etag);
    const knownOwner = owner === 'systemuser' || owner === 'team';
    const seen = `@odata.etag ${hasVersion}, lookuplogicalname ${knownOwner}`;
    return {
      verdict: hasVersion && knownOwner ? 'confirmed' : 'refuted',
      seen: { en: seen, sv: seen },
    };
  },
};

export const limits: Assumption = {
  id: 'limits',
  assumed: {
    en: 'Each answer says what service protection has left, of 6,000 requests and 1,200 s in five minutes.',
    sv: 'Varje svar säger vad tjänstskyddet har kvar, av 6 000 frågor och 1 200 s på fem minuter.',
  },
  needs: ['organization'],
  async observe(patient, signal) {
    const { headers } = await patient.get('WhoAmI', signal);
    const requests = headers.get(REQUESTS_LEFT);
    const time = headers.get(TIME_LEFT);
    const seen = `${REQUESTS_LEFT} ${numeric(requests)}, ${TIME_LEFT} ${numeric(time)}`;
    const left = Number(requests ?? Number.NaN);
    return {
      verdict: left <= DOCUMENTED_REQUESTS && time !== null ? 'confirmed' : 'refuted',
      seen: { en: seen, sv: seen },
    };
  },
};

const numeric = (value: string | null): string =>
  value !== null && /^[\d.,]+$/.test(value) ? value : '–';
