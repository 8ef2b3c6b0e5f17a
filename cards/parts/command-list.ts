import type { TextKey, Translator } from '../../services/i18n/index.ts';
import type { CardElement } from '../card.ts';
import { bold, container, say, small, text } from '../elements.ts';

const EVERYBODY = ['status', 'mine', 'outbox', 'language', 'help'] as const;
const ADMINISTRATOR = ['test', 'approve', 'approvals', 'unanswered', 'article-votes'] as const;

/** What may be typed, as it is typed, and what it does. */
export function commandList(administrator: boolean, t: Translator): readonly CardElement[] {
  const names = administrator ? [...ADMINISTRATOR, ...EVERYBODY] : EVERYBODY;
  return names.map((name) => {
    const words: TextKey = `card.command.${name}`;
    return container(
      [
        text(bold(say(t, words)), { fontType: 'monospace', spacing: 'none' }),
        small(say(t, `card.command.${name}.does`), { spacing: 'none' }),
      ],
      { spacing: 'small' },
    );
  });
}
