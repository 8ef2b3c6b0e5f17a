import { describe, expect, it } from 'vitest';
import { incidentCard } from '../../../cards/index.ts';
import type { FailureReason } from '../../../services/domain/failure.ts';
import type { Incident } from '../../../services/domain/incident.ts';
import { incidentViewOf, mailboxViewOf, ORDINARY } from '../../support/card-fixtures.ts';
import { cardWorld } from '../../support/card-world.ts';

const { articles, translators } = await cardWorld();
const article = articles.get('connection-failed')!;

/** One direction has answered again since, the other is still disabled. */
function mixed(state: Incident['state'], mayTest = true): string {
  const change = {
    directions: ['answersAgain', 'disabled', 'notByServer'],
    health: 'disabled',
    allowed: { testAndEnable: mayTest },
  } as const;
  const mailbox = mailboxViewOf(ORDINARY, 'en', change);
  const view = incidentViewOf(ORDINARY, article, state, 'must-act', [mailbox, mailbox]);
  return JSON.stringify(incidentCard(view, translators.en).body);
}

describe('what to do about an incident with directions in different states', () => {
  it('is the remedy of the fault while the incident is disabled', () => {
    const body = mixed('disabled');
    expect(body).toContain('▶︎ The owner of the profile Exchange Hybrid enters the user name');
    expect(body).toContain('Then test and enable the mailboxes.');
    expect(body).not.toContain('test and enable it, then do the same');
    expect(body).not.toContain('nothing else is needed');
  });

  it('is Test & enable alone once the incident answers again', () => {
    const body = mixed('answers-again');
    expect(body).toContain('▶︎ Open a mailbox in the list, test and enable it');
    expect(body).not.toContain('enters the user name');
  });

  it('says that retries go on while they do', () => {
    expect(mixed('retrying')).toContain('Dynamics 365 keeps trying by itself meanwhile.');
  });

  it('leaves Test & enable to an administrator where the reader may not', () => {
    expect(mixed('disabled', false)).toContain('Then an administrator tests and enables');
  });
});

describe('an incident with more to press than a card has room for', () => {
  const mailbox = mailboxViewOf(ORDINARY, 'en', {
    directions: ['working', 'disabled', 'notByServer'],
    health: 'disabled',
    approval: 'pending',
    pendingSend: 3,
    allowed: { testAndEnable: true, approve: true, markPrimary: true, showOutbox: true },
  });
  const view = incidentViewOf(ORDINARY, article, 'disabled', 'must-act', [
    { ...mailbox, fixes: ['outgoing'] },
  ]);
  const { body } = incidentCard(
    {
      ...view,
      article: { ...article, remedies: ['approve-email'] },
      incident: {
        ...view.incident,
        scope: 'profile',
        failure: { ...view.incident.failure, reason: 'other-organization' },
      },
    },
    translators.en,
  );
  const verbOf = (action: unknown) => (action as { verb?: string } | undefined)?.verb;

  it('keeps what puts it right as buttons, and leads to the rest by rows', () => {
    const set = body.find((element) => element.type === 'ActionSet') as {
      readonly actions: readonly unknown[];
    };
    expect(set.actions.map(verbOf)).toEqual([
      'test-and-enable',
      'edit-profile',
      'approve-email',
      'ask-mark-primary',
      'show-topic',
      'show-mailbox',
    ]);
    const rows = body.map((element) =>
      verbOf((element as { selectAction?: unknown }).selectAction),
    );
    expect(rows.filter((verb) => verb !== undefined)).toEqual([
      'show-waiting',
      'show-outbox',
      'show-alerts',
    ]);
  });
});

describe('what a disabled incident waits for', () => {
  const said = (reason: FailureReason, language: 'en' | 'sv' = 'en'): string => {
    const mailbox = mailboxViewOf(ORDINARY, language, {
      directions: ['working', 'disabled', 'notByServer'],
      health: 'disabled',
    });
    const view = incidentViewOf(ORDINARY, article, 'disabled', 'must-act', [mailbox]);
    const failure = { ...view.incident.failure, reason };
    const incident = { ...view.incident, failure };
    return JSON.stringify(incidentCard({ ...view, incident }, translators[language]).body);
  };

  it('is the server where it does not answer', () => {
    expect(said('timeout')).toContain('The server is tried now and then');
    expect(said('timeout', 'sv')).toContain('Servern provas då och då');
  });

  it.each([
    ['credentials-rejected', "can't go on until signing in works"],
    ['password-expired', "can't go on until signing in works"],
    ['not-approved', 'must be decided whether the email address is approved'],
    ['other-organization', 'must be decided which organization'],
    ['unsupported-configuration', 'First the fault must be put right'],
    ['certificate-expired', 'First the fault must be put right'],
  ] as const)('is not the server where %s stopped it', (reason, words) => {
    expect(said(reason)).toContain(words);
    expect(said(reason)).not.toContain('answers again');
  });
});
