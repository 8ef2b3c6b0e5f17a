import { microsoftCloudOf } from '../../domain/dataverse-address.ts';
import type { Assumption } from './assumption.ts';

/** https://login.microsoftonline.us/… as an organization names it to whoever brings no token. */
const NAMED = /authorization_uri="?(https:\/\/[\w.-]+)/i;

export const cloud: Assumption = {
  id: 'cloud',
  assumed: {
    en: 'The address of an organization tells which cloud signs its people in (commercial, GCC High, DoD, China).',
    sv: 'En organisations adress säger vilket moln som loggar in dess användare (vanliga, GCC High, DoD, Kina).',
  },
  needs: ['engine'],
  async observe({ organization, fetch }, signal) {
    if (organization?.kind !== 'dataverse') {
      return {
        verdict: 'open',
        seen: { en: 'On-premises is in no cloud.', sv: 'Lokalt installerat finns i inget moln.' },
      };
    }
    const { url } = organization;
    const ours = microsoftCloudOf(url)?.authority ?? '';
    const answer = await fetch(new URL('/api/data/v9.2/WhoAmI', url), {
      redirect: 'manual',
      signal,
    });
    const theirs = NAMED.exec(answer.headers.get('www-authenticate') ?? '')?.[1];
    if (theirs === undefined) {
      const seen = `${answer.status}`;
      return {
        verdict: 'open',
        seen: {
          en: `It names no authority (${seen}).`,
          sv: `Den nämner ingen utfärdare (${seen}).`,
        },
      };
    }
    return {
      verdict: theirs === ours ? 'confirmed' : 'refuted',
      seen: {
        en: `We ask ${ours}; the organization names ${theirs}.`,
        sv: `Vi frågar ${ours}; organisationen nämner ${theirs}.`,
      },
    };
  },
};
