import type { AlertSlots } from '../../services/domain/alert.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import { actionRow } from './action-rows.ts';
import { topicPayload } from './topic-payload.ts';

/** Leads into the article's steps, one at a time; one step alone needs no guide. */
export function guideRow(
  topic: string,
  mailboxId: string | null,
  slots: AlertSlots,
  steps: number,
  t: Translator,
): CardElement | null {
  if (steps < 2) return null;
  return actionRow(
    execute('start-guide', t('card.guide.start'), topicPayload(topic, mailboxId, slots)),
  );
}
