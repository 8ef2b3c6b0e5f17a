import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import { container, joined, row, say, section, small, text } from '../elements.ts';
import { type Detail, listed } from '../fit.ts';
import type { FailedItemsView } from '../item-views.ts';
import { markdown, plain } from '../text.ts';
import { topicPayload } from './topic-payload.ts';

/** Items that failed while the mailbox works, by error; each leads to what explains it. */
export function failedItemsLines(
  failed: readonly FailedItemsView[],
  mailboxId: string,
  t: Translator,
  detail: Detail,
): readonly CardElement[] {
  if (failed.length === 0) return [];
  const count = failed.reduce((sum, each) => sum + each.count, 0);
  return [
    section(say(t, 'card.items.failed', { count })),
    ...listed(t, failed, detail.items, ({ error, topic, title, count: some, latestAt }) => {
      const name = title ?? error;
      return container(
        [
          row(
            [text(markdown('📄'), { spacing: 'none' })],
            [
              text(plain(name, 200), {
                spacing: 'none',
                ...(topic !== null && { color: 'accent' as const }),
              }),
              small(
                joined([
                  say(t, 'card.items.count', { count: some }),
                  title === null || title.includes(error) ? null : plain(error, 100),
                  say(t, 'card.items.latest', { when: t.dateTime(latestAt) }),
                ]),
                { spacing: 'none' },
              ),
            ],
          ),
        ],
        {
          spacing: 'small',
          ...(topic !== null && {
            selectAction: execute('show-topic', name, topicPayload(topic, mailboxId, {})),
          }),
        },
      );
    }),
  ];
}
