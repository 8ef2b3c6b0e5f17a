import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import { container, type Elements, say, section, text } from '../elements.ts';
import { plain } from '../text.ts';

interface Topic {
  readonly topic: string;
  readonly title: string;
}

/** The card would end with a wall of links. */
const MOST_TOPICS = 5;

/** Articles to read on, a tap opens one. Titles are sentences: on a button, a telephone cuts them off. */
export function topicRows(
  topics: readonly Topic[],
  t: Translator,
  mailboxId: string | undefined,
): Elements {
  if (topics.length === 0) return [];
  return [
    section(say(t, 'card.related')),
    ...topics.slice(0, MOST_TOPICS).map(({ topic, title }) =>
      container([text(plain(title), { color: 'accent', spacing: 'none' })], {
        spacing: 'small',
        selectAction: execute(
          'show-topic',
          title,
          mailboxId === undefined ? { topic } : { topic, mailboxId },
        ),
      }),
    ),
  ];
}
