import type { IncidentView } from '../../cards/index.ts';
import type { IncidentAudience } from '../../services/domain/card-reference.ts';
import { disablesAtMs } from '../../services/domain/failure-policy.ts';
import type { UserId } from '../../services/domain/ids.ts';
import type { Incident } from '../../services/domain/incident.ts';
import { DIRECTIONS } from '../../services/domain/mailbox.ts';
import { type Instant, instantOf } from '../../services/domain/time.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView, visibleContext } from './mailbox-view.ts';
import { sightViews } from './sight-views.ts';
import type { Viewer } from './viewer.ts';
import { type MailboxContext, nameOf, type World } from './world.ts';

/** A card has room for this many mailboxes; the rest is a number. */
const SHOWN = 5;
/** An incident can have 10 000 mailboxes; what a card sums up is read from at most this many. */
const READ = 500;

/** Null when the article is gone, or none of the mailboxes may be seen by this viewer (any more). */
export async function incidentView(
  world: World,
  incident: Incident,
  audience: IncidentAudience,
  viewer: Viewer,
  t: Translator,
): Promise<IncidentView | null> {
  const article = world.knowledge.article(incident.topic);
  if (article === null) return null;
  const contexts = await visibleMembers(world, incident, audience, viewer);
  const [first] = contexts;
  if (first === undefined) return null;
  const shown = contexts.slice(0, SHOWN);
  const [one, ...others] = await Promise.all(
    shown.map((context) => mailboxView(world, context, viewer, t)),
  );
  if (one === undefined) return null;
  const verdicts = { [incident.direction]: incident.failure.reason };
  const sights = incident.state === 'closed' ? [] : await sightViews(world, one.mailbox, verdicts);
  return {
    incident,
    audience,
    article,
    mailboxes: [{ ...one, sights }, ...others],
    mailboxCount: audience === 'must-act' ? incident.mailboxCount : contexts.length,
    profileName: incident.profileId === null ? null : (first.profile?.name ?? null),
    responsibleName: await nameOf(world, responsibleFor(incident, first)),
    disablesAt: soonest(contexts),
    pendingSend: contexts.reduce((sum, { mailbox }) => sum + mailbox.pendingSend, 0),
  };
}

/** Who is only informed is told of their own mailboxes. */
async function visibleMembers(
  world: World,
  incident: Incident,
  audience: IncidentAudience,
  viewer: Viewer,
): Promise<readonly MailboxContext[]> {
  const members = await world.store.find('incidentMembers', { incidentId: incident.id });
  let ids = [...new Set(members.map((member) => member.mailboxId))];
  if (audience === 'informed' && viewer.kind === 'person') {
    const own = await world.engine.findMailboxes({ by: 'owner', ownerId: viewer.person.id });
    const ownIds = new Set(own.map(({ mailbox }) => mailbox.id));
    ids = ids.filter((id) => ownIds.has(id));
  }
  const contexts = await Promise.all(
    ids.slice(0, READ).map((id) => visibleContext(world, id, viewer)),
  );
  return contexts.filter((context) => context !== null);
}

function responsibleFor(incident: Incident, { mailbox, profile }: MailboxContext): UserId | null {
  return incident.scope === 'profile' ? (profile?.ownerId ?? null) : mailbox.ownerId;
}

/** When the first of them will be disabled if nothing changes. */
function soonest(contexts: readonly MailboxContext[]): Instant | null {
  const moments = contexts.flatMap(({ mailbox }) =>
    DIRECTIONS.map((direction) => disablesAtMs(mailbox.directions[direction])).filter(
      (moment) => moment !== null,
    ),
  );
  return moments.length === 0 ? null : instantOf(Math.min(...moments));
}
