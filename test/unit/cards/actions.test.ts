import { describe, expect, it } from 'vitest';
import { execute, parseAction, parseSubmit } from '../../../cards/actions.ts';

describe('a button', () => {
  const button = execute('test-and-enable', 'Testa', { mailboxId: 'm1', pressKey: 'm1:7:test' });

  it('is understood when it is pressed', () => {
    expect(parseAction(button.verb, button.data)).toEqual({
      kind: 'action',
      action: { verb: 'test-and-enable', mailboxId: 'm1', pressKey: 'm1:7:test' },
    });
  });

  it('means the same on a client that sends a message instead', () => {
    expect(parseSubmit(button.fallback.data)).toEqual(parseAction(button.verb, button.data));
  });

  it('brings what the person typed along, by both ways', () => {
    const ask = execute('request-approval', 'Be', { mailboxId: 'm1', pressKey: 'k' });
    const expected = {
      kind: 'action',
      action: { verb: 'request-approval', mailboxId: 'm1', pressKey: 'k', reason: 'Ny kollega' },
    };
    expect(parseAction(ask.verb, { ...ask.data, reason: 'Ny kollega' })).toEqual(expected);
    expect(parseSubmit({ ...ask.fallback.data, reason: 'Ny kollega' })).toEqual(expected);
  });

  it('ignores what was typed for another button of the same card', () => {
    expect(parseAction(button.verb, { ...button.data, reason: 'x' }).kind).toBe('action');
  });

  it('shows a title without line breaks, cut to a readable length', () => {
    const { title, fallback } = execute('help', `a\n${'b'.repeat(200)}`, {});
    expect(title).toHaveLength(60);
    expect(fallback.title).toBe(title);
  });
});

describe('a hostile or old press', () => {
  it.each([
    ['an unknown verb', 'delete-everything', { v: 1 }],
    ['a verb from the prototype', 'constructor', { v: 1 }],
    ['no verb', undefined, { v: 1 }],
    ['no data', 'help', undefined],
    ['data that is text', 'help', 'v'],
    ['another version', 'help', { v: 2 }],
    ['no version', 'show-mailbox', { mailboxId: 'm1' }],
    ['a missing id', 'show-mailbox', { v: 1 }],
    ['an empty id', 'show-mailbox', { v: 1, mailboxId: '' }],
    ['an id that is an object', 'show-mailbox', { v: 1, mailboxId: { $ne: '' } }],
    ['a huge id', 'show-mailbox', { v: 1, mailboxId: 'x'.repeat(1_000) }],
    ['a stranger in the payload', 'show-mailbox', { v: 1, mailboxId: 'm1', actor: 'root' }],
    [
      'a decision that there is not',
      'decide-request',
      { v: 1, requestId: 'r', pressKey: 'k', decision: 'maybe' },
    ],
    ['a language that there is not', 'set-language', { v: 1, language: 'de' }],
    [
      'a reason of a megabyte',
      'request-approval',
      { v: 1, mailboxId: 'm', pressKey: 'k', reason: 'x'.repeat(1e6) },
    ],
  ])('with %s is outdated', (_, verb, data) => {
    expect(parseAction(verb, data)).toEqual({ kind: 'outdated' });
  });

  it.each([null, 'x', 7, [], {}, { mailboxMedic: null }, { mailboxMedic: { verb: 'help' } }])(
    'as the message value %j is outdated',
    (value) => {
      expect(parseSubmit(value)).toEqual({ kind: 'outdated' });
    },
  );
});
