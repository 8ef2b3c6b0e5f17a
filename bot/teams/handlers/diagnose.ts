import {
  type AlertView,
  alertCard,
  alertChoiceCard,
  type NoMatchView,
  noMatchCard,
  severalAlertsCard,
} from '../../../cards/index.ts';
import type { Diagnosis, TopicMatch } from '../../../services/domain/diagnosis.ts';
import { alertView, referenceOf } from '../../present/index.ts';
import { asAnswer } from '../as-answer.ts';
import type { BotServices } from '../bot-services.ts';
import type { Shown } from '../shown.ts';
import type { Turn } from '../turn.ts';
import { followUp } from './follow-up.ts';
import { help } from './help.ts';

/** A paste of a whole alerts wall is answered with one summary; of a few, with a card each as well. */
const CARDS_AT_MOST = 4;
/** Questions and guesses are answered in the language they were asked in; pasted alerts are not. */
const ASKED: readonly Diagnosis['outcome'][] = ['answer', 'ambiguous', 'none'];

export async function diagnose(turn: Turn, text: string, services: BotServices): Promise<void> {
  const diagnosis = await services.knowledge.diagnose(text);
  const asked = ASKED.includes(diagnosis.outcome) ? diagnosis.lang : null;
  const answering = turn.speaking(asked);
  if (diagnosis.outcome !== 'match' && (await followUp(answering, text, services))) return;
  switch (diagnosis.outcome) {
    case 'match':
    case 'answer':
      await answerMatches(answering, diagnosis.outcome, diagnosis.matches, services);
      if (diagnosis.partlyRead) await answering.say('bot.partly-read');
      return;
    case 'ambiguous':
      return answerChoice(answering, diagnosis.matches, services);
    case 'none': {
      const suggestion = services.commands.suggest(text, answering.t.language);
      if (suggestion !== null) return help(answering, suggestion);
      const reason = diagnosis.partlyRead ? 'partly-read' : 'nothing-documented';
      await answerNone(answering, diagnosis.near, reason, services);
      const { lang, near } = diagnosis;
      return services.unanswered.keep({ text, lang, near });
    }
  }
}

async function answerMatches(
  turn: Turn,
  foundBy: 'match' | 'answer',
  matches: readonly TopicMatch[],
  services: BotServices,
): Promise<void> {
  const alerts: { view: AlertView; shown: Shown }[] = [];
  for (const match of matches) {
    const found = await referenceOf(services, match, turn.person);
    const reference = await asAnswer(
      turn,
      found,
      { foundBy, confidence: match.confidence },
      services,
    );
    // Names are looked up for the person who asked, never for the conversation they asked in.
    const asked = { confidence: match.confidence, by: turn.person };
    const drawnFrom = await services.notifications.drawnFrom(reference);
    const view = await alertView(services, reference, turn.viewer, turn.t, asked);
    if (view !== null) alerts.push({ view, shown: { reference, drawnFrom } });
  }
  if (alerts.length === 0) return answerNone(turn, null, 'nothing-documented', services);
  if (alerts.length > 1) {
    await turn.reply(severalAlertsCard({ alerts: alerts.map(({ view }) => view) }, turn.t));
    if (alerts.length > CARDS_AT_MOST) return;
  }
  for (const { view, shown } of alerts) await turn.reply(alertCard(view, turn.t), shown);
}

async function answerChoice(
  turn: Turn,
  matches: readonly TopicMatch[],
  services: BotServices,
): Promise<void> {
  const { language } = turn.t;
  const choices = matches.flatMap(({ topic, confidence, slots }) => {
    const article = services.knowledge.article(topic);
    if (article === null) return [];
    const [title, meaning] = [article.title[language], article.meaning[language]];
    return [{ topic, title, meaning, confidence, slots }];
  });
  await turn.reply(alertChoiceCard({ choices }, turn.t));
}

async function answerNone(
  turn: Turn,
  near: Diagnosis['near'],
  reason: NoMatchView['reason'],
  services: BotServices,
): Promise<void> {
  const article = near === null ? null : services.knowledge.article(near);
  const close =
    article === null ? null : { topic: article.id, title: article.title[turn.t.language] };
  await turn.reply(noMatchCard({ near: close, reason }, turn.t));
}
