import { describe, expect, it } from 'vitest';
import { deliveryAnswerOf } from '../../../../bot/teams/delivery-answer.ts';

function refused(statusCode: number, body = '', retryAfter?: string): Error {
  return Object.assign(new TypeError('refused'), {
    statusCode,
    response: {
      bodyAsText: body,
      headers: { get: (name: string) => (name === 'retry-after' ? retryAfter : undefined) },
    },
  });
}

describe('what a channel’s refusal means', () => {
  it.each([
    [412, 'retry'],
    [429, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
    [404, 'gone'],
    [400, 'failed'],
    [401, 'failed'],
    [403, 'failed'],
    [413, 'failed'],
    [500, 'failed'],
  ])('%i is %s', (status, kind) => {
    expect(deliveryAnswerOf(refused(status)).kind).toBe(kind);
  });

  it.each([
    ['MessageWritesBlocked', 'blocked'],
    ['ConversationBlockedByUser', 'blocked'],
    ['BotDisabledByAdmin', 'blocked'],
    ['BotNotInConversationRoster', 'gone'],
  ])('403 %s is %s, and says so', (code, kind) => {
    const body = JSON.stringify({ errorCode: 209, message: `{\r\n "subCode": "${code}" }` });
    expect(deliveryAnswerOf(refused(403, body))).toMatchObject({ kind, answer: `403 ${code}` });
  });

  it('asks to wait as long as the channel says', () => {
    expect(deliveryAnswerOf(refused(429, '', '7'))).toMatchObject({
      kind: 'retry',
      afterMs: 7_000,
    });
    expect(deliveryAnswerOf(refused(429, '', 'soon'))).toMatchObject({ afterMs: 0 });
  });

  it.each([new TypeError('fetch failed'), { code: 'ECONNREFUSED' }, 'text', null])(
    'no answer (%s) is worth another try',
    (thrown) => {
      expect(deliveryAnswerOf(thrown).kind).toBe('retry');
    },
  );
});
