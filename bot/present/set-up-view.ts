import type { SetUpView } from '../../cards/index.ts';
import type { TopicId } from '../../services/domain/ids.ts';
import { setUpOf } from '../../services/domain/set-up.ts';
import { nextQuestion, withImplied } from '../../services/domain/set-up-questions.ts';
import { type Fact, type SetUp, supportOf } from '../../services/domain/supported-configuration.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { MailboxContext, World } from './world.ts';

/** What a mailbox's profile and organization say about themselves; nothing for a set-up without one. */
export function knownSetUp(context: MailboxContext | null): SetUp {
  if (context === null) return {};
  const { mailbox, profile, organization } = context;
  const synchronized = { kind: mailbox.kind, act: mailbox.directions.act.method };
  return profile === null
    ? { mailbox: synchronized.kind, act: synchronized.act }
    : setUpOf(profile, organization, synchronized);
}

export function setUpView(
  { knowledge }: Pick<World, 'knowledge'>,
  context: MailboxContext | null,
  { answered, skipped }: { readonly answered: SetUp; readonly skipped: readonly Fact[] },
  t: Translator,
): SetUpView {
  // What the profile says goes before what somebody answered about it.
  const known = { ...answered, ...knownSetUp(context) };
  const support = supportOf(withImplied(known));
  const titles = support.reasons.map(({ topic }): [string, string] => [
    topic,
    knowledge.article(topic as TopicId)?.title[t.language] ?? topic,
  ]);
  return {
    answered,
    skipped,
    mailbox: context && { mailboxId: context.mailbox.id, name: context.mailbox.name },
    question: nextQuestion(known, skipped),
    support,
    titles: Object.fromEntries(titles),
  };
}
