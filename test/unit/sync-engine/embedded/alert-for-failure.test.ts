import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../../../services/domain/article.ts';
import {
  FAILURE_REASONS,
  type Failure,
  type FailureReason,
} from '../../../../services/domain/failure.ts';
import { idOf } from '../../../../services/domain/ids.ts';
import { DIRECTIONS } from '../../../../services/domain/mailbox.ts';
import { loadArticles } from '../../../../services/knowledge/index.ts';
import { createAlertFor } from '../../../../services/sync-engine/index.ts';
import { WRONG_PASSWORD } from '../../../support/scripted-probe.ts';

const loaded = await loadArticles(join(import.meta.dirname, '../../../../data/knowledge'));
if (loaded.kind === 'invalid') throw new TypeError(JSON.stringify(loaded.problems));
const articles = [...loaded.articles.values()];
const alertFor = createAlertFor(() => articles);
const failure = (reason: FailureReason): Failure => ({ ...WRONG_PASSWORD, reason });
const online = {
  direction: 'incoming',
  credentialSource: 'server-to-server',
  serverType: 'exchange-online',
} as const;
const byMailbox = {
  direction: 'incoming',
  credentialSource: 'mailbox',
  serverType: 'imap-smtp',
} as const;
const byProfile = { ...byMailbox, credentialSource: 'profile' } as const;

describe('the alert that tells of a failure', () => {
  it.each([
    ['credentials-rejected', byMailbox, 'gmail'],
    ['password-expired', byMailbox, 'gmail'],
    ['credentials-rejected', byProfile, 'bad-credentials'],
    ['credentials-rejected', online, 'bad-credentials'],
    ['permission-denied', byProfile, 'bad-credentials'],
    ['certificate-expired', byProfile, 'secure-connection'],
    ['tls-unavailable', { ...byProfile, direction: 'outgoing' }, 'secure-connection'],
    ['certificate-expired', { ...online, direction: 'act' }, 'mailbox-disabled-sync'],
    ['not-approved', online, 'o365-approval'],
    ['not-approved', byProfile, 'approval-required'],
    ['insecure-channel-refused', byProfile, 'insecure-credentials'],
    ['connection-refused', byProfile, 'connection-failed'],
    ['timeout', byMailbox, 'connection-failed'],
    ['location-undetermined', online, 'location-undetermined'],
    ['other-organization', { ...online, direction: 'act' }, 'other-org'],
  ] as const)('of %s with %o is %s', (reason, circumstances, topic) => {
    expect(alertFor(failure(reason), circumstances)).toBe(topic);
  });

  it('is an alert that has an article, whatever fails wherever', () => {
    const alerts = new Set(articles.filter(({ kind }) => kind === 'alert').map(({ id }) => id));
    for (const reason of FAILURE_REASONS) {
      for (const direction of DIRECTIONS) {
        for (const circumstances of [online, byMailbox, byProfile]) {
          expect(alerts).toContain(alertFor(failure(reason), { ...circumstances, direction }));
        }
      }
    }
  });

  it('falls back where the preferred article is not raised for the reason', () => {
    const other = {
      ...articles[0]!,
      id: idOf<Article['id']>('other'),
      kind: 'alert',
      raisedFor: ['timeout'],
    } as const;
    const others = [other];
    expect(createAlertFor(() => others)(failure('timeout'), online)).toBe('other');
    expect(createAlertFor(() => others)(failure('server-busy'), online)).toBe('connection-failed');
  });
});
