import type { Check, Examined } from '../check.ts';
import { graph } from '../checks/graph.ts';
import { oauthConnection } from '../checks/oauth-connection.ts';
import type { Assumption, Verdict } from './assumption.ts';

/** What a check came to says whether the answer was of the shape that it was written for. */
function shownBy(
  check: Check,
  assumption: Pick<Assumption, 'id' | 'assumed'>,
  verdictOn: (examined: Examined) => Verdict,
): Assumption {
  return {
    ...assumption,
    needs: ['engine'],
    async observe(_patient, _signal, found) {
      const examined = found.get(check.id);
      if (examined === undefined) return { verdict: 'open', seen: check.title };
      return { verdict: verdictOn(examined), seen: examined.found };
    },
  };
}

export const graphRoles = shownBy(
  graph,
  {
    id: 'graph-roles',
    assumed: {
      en: 'A token of Microsoft Graph names the permissions that were consented to.',
      sv: 'En token till Microsoft Graph nämner de behörigheter som har fått medgivande.',
    },
  },
  ({ outcome }) => (outcome === 'not-checked' || outcome === 'failed' ? 'open' : 'confirmed'),
);

export const connectionAnswers = shownBy(
  oauthConnection,
  {
    id: 'connection-answers',
    assumed: {
      en: 'The bot’s token service tells the bot whether it has an OAuth connection, and its Token Exchange URL.',
      sv: 'Botens tokentjänst säger till boten om den har en OAuth-anslutning, och dess Token Exchange URL.',
    },
  },
  ({ outcome }) => (outcome === 'ok' ? 'confirmed' : 'open'),
);
