import type { FollowUpView } from '../../cards/index.ts';
import type { Article, ArticleStep } from '../../services/domain/article.ts';
import type { Deployment } from '../../services/domain/organization.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { FollowUp } from '../../services/knowledge/index.ts';
import { mailboxView } from './mailbox-view.ts';
import { stepViews } from './step-now.ts';
import type { Viewer } from './viewer.ts';
import type { MailboxContext, World } from './world.ts';

/** The article, seen from what was asked; with the mailbox that was spoken of, if there is one. */
export async function followUpView(
  world: World,
  article: Article,
  { asks, deployment }: FollowUp,
  context: MailboxContext | null,
  viewer: Viewer,
  t: Translator,
): Promise<FollowUpView> {
  const named = deployment === null ? article : forDeployment(article, deployment);
  // Who asks about the other deployment does not ask about this mailbox.
  const situation =
    context === null || deployment !== null ? null : { ...context, direction: null };
  return {
    article,
    asks: asks ?? 'steps',
    deployment,
    steps: stepViews(named, situation),
    mailbox: context === null ? null : await mailboxView(world, context, viewer, t),
  };
}

function forDeployment(article: Article, deployment: Deployment): Article {
  const fits = ({ deployments, serverTypes }: ArticleStep): boolean =>
    (deployments.length === 0 || deployments.includes(deployment)) &&
    (deployment === 'online' || serverTypes.length === 0 || serverTypes.some(isOnPremises));
  const steps = article.steps.filter(fits).map((step) => onlyWhere(step, deployment));
  return { ...article, steps };
}

function isOnPremises(serverType: ArticleStep['serverTypes'][number]): boolean {
  return serverType !== 'exchange-online';
}

/** The other deployment's menus would only confuse. */
function onlyWhere({ navigation, ...step }: ArticleStep, deployment: Deployment): ArticleStep {
  if (deployment === 'online' && navigation?.online !== undefined) {
    return { ...step, navigation: { online: navigation.online } };
  }
  if (deployment === 'on-premises' && navigation?.onPremises !== undefined) {
    return { ...step, navigation: { onPremises: navigation.onPremises } };
  }
  return step;
}
