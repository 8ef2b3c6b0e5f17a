import { idOf } from '../../services/domain/ids.ts';
import type { ActionContext, SyncEngine } from '../../services/sync-engine/index.ts';
import { findPerson } from './people.ts';
import type { DemoWorld } from './world.ts';

/** The demo's world, and the engine that works in it. */
export interface Stage {
  readonly world: DemoWorld;
  readonly engine: SyncEngine;
}

/** What `npm run demo:break` can do; each is undone by `npm run demo:heal`. */
export interface Fault {
  /** The topic of the document's alert or chapter that it makes happen. */
  readonly shows: string;
  /** Printed when it is done: what happened, and what to look at. */
  readonly what: string | ((world: DemoWorld) => string);
  readonly apply: (stage: Stage) => Promise<void> | void;
  readonly undo: (stage: Stage) => Promise<void> | void;
}

let presses = 0;

/** As if this person had done it; each call is another press. */
export function as(name: string): ActionContext {
  presses += 1;
  return {
    actor: { userId: idOf(findPerson(name)?.id ?? name) },
    idempotencyKey: `demo-${presses}`,
    signal: new AbortController().signal,
  };
}
