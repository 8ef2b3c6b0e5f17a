import { VOTES, type Vote } from '../../services/domain/answer.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import { buttons, type Elements, say, small } from '../elements.ts';
import type { AnswerView } from '../views.ts';

/** Did it help? After a vote the card says which, and offers to change it. */
export function voteRows(answer: AnswerView | null, t: Translator): Elements {
  if (answer === null) return [];
  const { answerId, yourVote } = answer;
  const button = (vote: Vote) => execute('rate-answer', t(`card.vote.${vote}`), { answerId, vote });
  const line = yourVote === null ? 'card.vote.ask' : (`card.vote.said-${yourVote}` as const);
  return [
    small(say(t, line), { separator: true, spacing: 'medium' }),
    buttons(VOTES.filter((vote) => vote !== yourVote).map(button)),
  ];
}
