import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHOSEN_FACTS,
  nextQuestion,
  TICKED_FACTS,
  withChoice,
  withImplied,
  withTicks,
} from '../../../services/domain/set-up-questions.ts';
import {
  type Fact,
  type SetUp,
  supportOf,
} from '../../../services/domain/supported-configuration.ts';

/** Answers what is asked: what the answers name, else "I don't know". */
function interview(
  answers: Readonly<Partial<Record<Fact, string>>>,
  { ticked = [] as readonly string[], known = {} } = {},
) {
  const asked: string[] = [];
  let answered = known;
  let skipped: readonly Fact[] = [];
  for (let turn = 0; turn < 40; turn++) {
    const question = nextQuestion(answered, skipped);
    if (question === null) {
      return { asked, support: supportOf(withImplied(answered)) };
    }
    if (question.kind === 'tick') {
      asked.push(`ticks: ${question.facts.join(' ')}`);
      answered = withTicks(answered, question.facts, ticked);
    } else {
      asked.push(question.fact);
      const answer = answers[question.fact];
      if (answer === undefined) skipped = [...skipped, question.fact];
      else answered = withChoice(answered, question.fact, answer);
    }
  }
  return expect.fail(`never ends: ${asked.join(', ')}`);
}

const ONLINE = {
  deployment: 'online',
  incomingService: 'exchange-online',
  profile: 'exchange-online',
  act: 'server-side-synchronization',
  credentials: 'server-to-server',
};

describe('the questions about a set-up', () => {
  it('are few for what Microsoft recommends, and end with "supported"', () => {
    const { asked, support } = interview(ONLINE);
    expect(asked.slice(0, 5)).toEqual(Object.keys(ONLINE));
    expect(asked).toHaveLength(6);
    expect(support).toEqual({ verdict: 'supported', reasons: [], open: [] });
  });

  it('stop where nothing can make it worse', () => {
    const { asked, support } = interview({
      deployment: 'online',
      incomingService: 'gmail',
      profile: 'pop3-smtp',
      act: 'server-side-synchronization',
    });
    expect(asked).toEqual(['deployment', 'incomingService', 'profile', 'act']);
    expect(support.reasons.map(({ rule }) => rule)).toContain('act-without-exchange');
  });

  it.each([
    ['mixed servers', ['outgoingProtocol'], 'mixed-servers'],
    ['impersonation', ['impersonation'], 'exchange-online-impersonation'],
    ['a fixed location', ['autodiscover'], 'exchange-online-fixed-location'],
    ['another tenant', ['tenant'], 'exchange-online-other-tenant'],
    ['bulk mail', ['bulkMail'], 'bulk-mail'],
    ['inspected traffic', ['trafficInspected'], 'traffic-inspected'],
  ])('find %s, ticked among the exceptions', (_, ticked, rule) => {
    expect(interview(ONLINE, { ticked }).support.reasons).toMatchObject([{ rule }]);
  });

  it('ask for the settings of the deployment only where a connection is without TLS', () => {
    const here = {
      deployment: 'on-premises',
      incomingService: 'yahoo',
      profile: 'pop3-smtp',
      act: 'none',
      credentials: 'profile',
    };
    expect(interview(here).asked.join(' ')).not.toContain('unencryptedServersAllowed');
    const { asked, support } = interview(here, { ticked: ['encrypted'] });
    expect(asked.at(-1)).toContain('unencryptedServersAllowed');
    expect(support.reasons[0]?.rule).toBe('unencrypted-not-allowed');
  });

  it('do not ask for what the profile says', () => {
    const known: SetUp = { deployment: 'on-premises', incomingService: 'exchange-server' };
    const { asked } = interview({ profile: 'exchange-server' }, { known });
    expect(asked).not.toContain('deployment');
    expect(asked).not.toContain('incomingService');
  });

  it('name what nobody knew', () => {
    const { support } = interview({ deployment: 'online' });
    expect(support.open).toContain('incomingService');
  });

  it('take no answer that was not offered', () => {
    const known: SetUp = { incomingService: 'gmail' };
    expect(withChoice(known, 'credentials', 'server-to-server')).toEqual(known);
    expect(withChoice(known, 'act', 'constructor')).toEqual(known);
  });

  it('come to an end whatever is answered, and leave nothing open that was answered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        fc.subarray(TICKED_FACTS),
        (picks, ticked) => {
          const answers: Partial<Record<Fact, string>> = {};
          let answered: SetUp = {};
          for (const pick of picks) {
            const question = nextQuestion(answered, []);
            if (question === null) {
              expect(supportOf(withImplied(answered)).open).toEqual([]);
              return;
            }
            if (question.kind === 'tick') answered = withTicks(answered, question.facts, ticked);
            else {
              const choice = question.choices[pick % question.choices.length] ?? '';
              expect(CHOSEN_FACTS).toContain(question.fact);
              expect(answers[question.fact]).toBeUndefined();
              answers[question.fact] = choice;
              answered = withChoice(answered, question.fact, choice);
            }
          }
          expect.fail('never ends');
        },
      ),
    );
  });
});
