import type { StepOutcome } from '../../../services/domain/guide.ts';
import { type GuideId, idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { GuideAnswer, GuidePress } from '../../../services/guides/index.ts';
import { firstStep, guideView, personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, answerShowing, outdatedAnswer } from './action.ts';

interface OfGuide {
  readonly guideId: string;
}

function pressOf({ conversationId, person }: Asker, { guideId }: OfGuide): GuidePress {
  return { guideId: idOf<GuideId>(guideId), conversationId, by: person.id };
}

/** The guide as it is now, whatever the pressed card showed. */
export async function answerGuide(
  guide: GuideAnswer,
  asker: Asker,
  services: BotServices,
): Promise<ActionAnswer> {
  if (guide === null) return outdatedAnswer(asker);
  const reference = { card: 'guide', guideId: guide.id, mailboxId: guide.mailboxId } as const;
  return { ...(await answerShowing(reference, asker, services)), everybody: true };
}

/** Null elsewhere than where it was begun: ids on a card are hostile. */
export async function guideHere(
  asker: Asker,
  { guideId }: OfGuide,
  { store }: Pick<BotServices, 'store'>,
): Promise<GuideAnswer> {
  const guide = await store.get('guides', guideId);
  return guide?.conversationId === asker.conversationId ? guide : null;
}

export async function showGuide(
  asker: Asker,
  data: OfGuide,
  services: BotServices,
): Promise<ActionAnswer> {
  return answerGuide(await guideHere(asker, data, services), asker, services);
}

export async function markStep(
  asker: Asker,
  data: OfGuide & { readonly step: number; readonly outcome: StepOutcome },
  services: BotServices,
): Promise<ActionAnswer> {
  const steps = await stepsOf(asker, data, services);
  // Not a step of the article that is gone through now: the card is older than that.
  if (!steps.includes(data.step)) return showGuide(asker, data, services);
  const next = steps.find((step) => step > data.step) ?? null;
  const { step, outcome } = data;
  const press = { ...pressOf(asker, data), step, outcome, next };
  return answerGuide(await services.guides.mark(press), asker, services);
}

export async function turnGuide(
  asker: Asker,
  data: OfGuide & { readonly from?: number | undefined; readonly to: 'back' | 'next' },
  services: BotServices,
): Promise<ActionAnswer> {
  const steps = await stepsOf(asker, data, services);
  const from = data.from ?? null;
  const after = from === null ? undefined : steps.find((step) => step > from);
  const before = steps.filter((step) => from === null || step < from).at(-1);
  const to = data.to === 'next' ? (after ?? null) : (before ?? from);
  const press = { ...pressOf(asker, data), from, to };
  return answerGuide(await services.guides.turn(press), asker, services);
}

/** The steps that fit, in the article's own numbering. */
async function stepsOf(
  asker: Asker,
  { guideId }: OfGuide,
  services: BotServices,
): Promise<readonly number[]> {
  const view = await guideView(services, idOf<GuideId>(guideId), asker.viewer, asker.t);
  return view?.steps.map(({ step }) => step) ?? [];
}

/** The next likely cause, from its first step that fits. */
export async function continueGuide(
  asker: Asker,
  data: OfGuide & { readonly from: string; readonly topic: string },
  services: BotServices,
): Promise<ActionAnswer> {
  const guide = await guideHere(asker, data, services);
  const article = services.knowledge.article(idOf<TopicId>(data.topic));
  if (guide === null || article === null) return outdatedAnswer(asker);
  const viewer = personViewer(asker.person);
  const context =
    guide.mailboxId === null ? null : await visibleContext(services, guide.mailboxId, viewer);
  const press = {
    ...pressOf(asker, data),
    from: idOf<TopicId>(data.from),
    topic: article.id,
    step: firstStep(article, context, guide.direction),
  };
  return answerGuide(await services.guides.continueWith(press), asker, services);
}

export async function resumeGuide(
  asker: Asker,
  data: OfGuide,
  services: BotServices,
): Promise<ActionAnswer> {
  return answerGuide(await services.guides.resume(pressOf(asker, data)), asker, services);
}

export async function solveGuide(
  asker: Asker,
  data: OfGuide,
  services: BotServices,
): Promise<ActionAnswer> {
  return answerGuide(await services.guides.solve(pressOf(asker, data)), asker, services);
}
