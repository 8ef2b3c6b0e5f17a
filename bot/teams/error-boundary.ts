import type { Activity } from 'botbuilder';
import { type AdaptiveCard, errorCard } from '../../cards/index.ts';
import { asAppError } from '../../services/observability/index.ts';
import type { BotServices } from './bot-services.ts';
import { chooseLanguage, chooseTimeZone, clientSettings } from './language-choice.ts';
import type { Visitor } from './sdk-turn.ts';
import { writtenText } from './written-text.ts';

/**
 * Runs the work of a turn. Whatever breaks becomes a card with a trace id and the person's own words,
 * and a line in the log under the same id; of the error itself nothing is shown.
 */
export async function withinBoundary(
  activity: Activity,
  traceId: string,
  { log, texts }: Pick<BotServices, 'log' | 'texts'>,
  work: (meet: (visitor: Visitor) => void) => Promise<void>,
  apologise: (card: AdaptiveCard) => Promise<void>,
): Promise<void> {
  let visitor: Visitor | null = null;
  try {
    await work((met) => {
      visitor = met;
    });
  } catch (thrown) {
    const { code, detail } = asAppError(thrown, 'turn-failed');
    log.error('turn-failed', { traceId, code, reason: detail });
    const preference = (visitor as Visitor | null)?.preference;
    const client = clientSettings(activity);
    const t = texts.translatorFor(
      chooseLanguage(preference, null, client),
      chooseTimeZone(preference, client),
    );
    const words = activity.type === 'invoke' ? '' : writtenText(activity);
    await apologise(errorCard({ code, traceId, theirText: words === '' ? null : words }, t));
  }
}
