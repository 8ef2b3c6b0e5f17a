import type { StepView } from '../../cards/index.ts';
import type { Article, ArticleStep, StepCondition } from '../../services/domain/article.ts';
import {
  DIRECTIONS,
  type Direction,
  type DirectionState,
  type Mailbox,
} from '../../services/domain/mailbox.ts';
import type { Organization } from '../../services/domain/organization.ts';
import { needsApproval } from '../../services/domain/permission.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';

/** The live state that steps are held against. */
export interface StepSituation {
  readonly mailbox: Mailbox;
  readonly profile: EmailServerProfile | null;
  readonly organization: Organization | null;
  readonly direction: Direction | 'both' | null;
}

/** Steps that speak of what goes on this moment: where it does not, they would say what is not true. */
const MOMENTARY: readonly StepCondition[] = ['answers-again', 'retrying'];

/** The steps that fit this mailbox's server, the first whose condition holds marked as the one to take now. */
export function stepViews(article: Article, situation: StepSituation | null): readonly StepView[] {
  if (situation === null) {
    return article.steps.map((step) => ({ step, now: false, onlyFor: onlyFor(step, null) }));
  }
  const steps = article.steps.filter(
    (step) =>
      fitsServer(step, situation.profile) &&
      fitsDeployment(step, situation.organization) &&
      (!MOMENTARY.includes(step.when) || holds(step.when, situation)),
  );
  const fitting = steps.find((step) => holds(step.when, situation));
  // What always helps helps nobody whose mailbox works.
  const now = fitting?.when === 'always' && works(situation) ? undefined : fitting;
  return steps.map((step) => ({
    step,
    now: step === now,
    onlyFor: onlyFor(step, situation),
  }));
}

function fitsServer(step: ArticleStep, profile: EmailServerProfile | null): boolean {
  return (
    profile === null ||
    step.serverTypes.length === 0 ||
    step.serverTypes.includes(profile.serverType)
  );
}

function fitsDeployment(step: ArticleStep, organization: Organization | null): boolean {
  return (
    organization === null ||
    step.deployments.length === 0 ||
    step.deployments.includes(organization.deployment)
  );
}

/** What is known of the mailbox has been sorted out already; the rest the reader has to know. */
function onlyFor(step: ArticleStep, situation: StepSituation | null): StepView['onlyFor'] {
  return [
    ...(situation?.profile ? [] : step.serverTypes),
    ...(situation?.organization ? [] : step.deployments),
  ];
}

function works(situation: StepSituation): boolean {
  const states = usedStates(situation);
  return (
    situation.mailbox.active &&
    states.length > 0 &&
    states.every((state) => state.enabled && state.transientFailures === 0 && !state.confirming)
  );
}

function usedStates({ mailbox, direction }: StepSituation): readonly DirectionState[] {
  return concerned(direction)
    .map((one) => mailbox.directions[one])
    .filter((state) => state.method === 'server-side-synchronization');
}

function holds(condition: StepCondition, situation: StepSituation): boolean {
  const { mailbox, profile, organization } = situation;
  const states = usedStates(situation);
  switch (condition) {
    case 'always':
      return true;
    case 'not-approved':
      return (
        profile !== null && organization !== null && needsApproval(mailbox, profile, organization)
      );
    case 'not-enabled':
      return states.some((state) => !state.enabled && state.disabledAt === null);
    case 'disabled':
      return states.some((state) => state.disabledAt !== null);
    case 'retrying':
      return states.some((state) => state.transientFailures > 0 || state.confirming);
    case 'answers-again':
      return states.some((state) => state.answersAgainAt !== null);
    case 'never-tested':
      return states.some((state) => state.status === 'not-run');
    case 'no-profile':
      return mailbox.profileId === null;
    case 'inactive':
      return !mailbox.active;
    case 'act-on-unsupported-server':
      return (
        mailbox.directions.act.method === 'server-side-synchronization' &&
        (profile?.serverType === 'pop3-smtp' || profile?.serverType === 'imap-smtp')
      );
  }
}

/** `both` is what an alert says of sending and receiving; ACT is never part of it. */
function concerned(direction: Direction | 'both' | null): readonly Direction[] {
  if (direction === null) return DIRECTIONS;
  return direction === 'both' ? ['incoming', 'outgoing'] : [direction];
}
