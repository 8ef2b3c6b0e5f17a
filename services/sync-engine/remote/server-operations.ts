import { z } from 'zod';
import type { ActionContext, SyncEngine } from '../sync-engine.ts';
import { type OperationName, operations, wireContext } from './operations.ts';
import type { RunningTests } from './running-tests.ts';
import { type SeenAction, seenAction } from './seen-action.ts';

const question = z.strictObject({ arguments: z.unknown(), context: wireContext.optional() });

type Method = (...given: readonly unknown[]) => Promise<unknown>;

export type Invoked =
  | {
      readonly kind: 'answered';
      readonly result: unknown;
      /** Null for a question. */
      readonly action: SeenAction | null;
    }
  | { readonly kind: 'no-such-operation' }
  | { readonly kind: 'misunderstood' };

/** Calls the method of the port that was named, with what was sent, if it has the right form. */
export async function invoke(
  engine: SyncEngine,
  name: string,
  body: unknown,
  tests: RunningTests,
): Promise<Invoked> {
  if (!isOperation(name)) return { kind: 'no-such-operation' };
  const operation = operations[name];
  const parsed = question.safeParse(body);
  if (!parsed.success) return { kind: 'misunderstood' };
  const { context } = parsed.data;
  const given = operation.arguments.safeParse(parsed.data.arguments);
  if (!given.success || operation.acts !== (context !== undefined))
    return { kind: 'misunderstood' };
  const more = context === undefined ? [] : [contextOf(name, given.data, context, tests)];
  // The registry of operations has checked exactly this method's arguments.
  const methods = engine as unknown as Record<OperationName, Method>;
  const result = await methods[name](...given.data, ...more);
  // Checked on the way out, too: a record with a field that has no place on the wire stays here.
  const checked = operation.result.parse(result ?? null);
  const action = context === undefined ? null : seenAction(context.actorId, given.data, checked);
  return { kind: 'answered', result: checked ?? null, action };
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

function contextOf(
  name: OperationName,
  [first]: readonly unknown[],
  context: z.output<typeof wireContext>,
  tests: RunningTests,
): ActionContext {
  const { actorId, idempotencyKey, selfApproval, markAsPrimary } = context;
  const lasting = name === 'testAndEnable' && typeof first === 'string';
  return {
    actor: { userId: actorId },
    idempotencyKey,
    selfApproval,
    markAsPrimary,
    // Every other action is one transaction, which is never left half done.
    signal: lasting
      ? tests.signalOf({ mailboxId: first, idempotencyKey })
      : new AbortController().signal,
  };
}
