import { setImmediate } from 'node:timers';

/**
 * What is asked one by one within one turn of the event loop is read together: a card about forty
 * mailboxes asks for each, and Dynamics 365 is asked once.
 */
export function gathered<Value>(
  readAll: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let next: {
    readonly keys: Set<string>;
    readonly values: Promise<ReadonlyMap<string, Value>>;
  } | null = null;
  return async (key) => {
    if (next === null) {
      const keys = new Set<string>();
      const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        next = null;
        return readAll([...keys]);
      });
      next = { keys, values };
    }
    next.keys.add(key);
    return (await next.values).get(key);
  };
}
