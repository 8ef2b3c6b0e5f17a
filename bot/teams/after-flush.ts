/** Work that waits until the caller of the current request has its answer. */
export interface AfterFlush {
  add(work: () => Promise<void>): void;
  run(): Promise<void>;
}

export function createAfterFlush(): AfterFlush {
  const waiting: (() => Promise<void>)[] = [];
  return {
    add: (work) => {
      waiting.push(work);
    },
    async run() {
      for (const work of waiting.splice(0)) await work();
    },
  };
}
