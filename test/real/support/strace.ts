/** A system call; `begun` and `ended` are line numbers of the trace. */
export interface Call {
  readonly name: string;
  readonly text: string;
  readonly begun: number;
  readonly ended: number;
  readonly result: number;
}

/** Joins the halves of calls that another thread interrupted (`strace -f -o`). */
export function parseTrace(trace: string): readonly Call[] {
  const calls: Call[] = [];
  const open = new Map<string, Omit<Call, 'ended' | 'result'>>();
  for (const [at, line] of trace.split('\n').entries()) {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const result = Number(/ = (-?\d+)[^=]*$/.exec(rest)?.[1] ?? Number.NaN);
    const resumed = rest.startsWith('<...');
    if (resumed) {
      const begun = open.get(pid);
      open.delete(pid);
      if (begun !== undefined) calls.push({ ...begun, ended: at, result });
      continue;
    }
    const name = /^[a-z0-9_]+(?=\()/.exec(rest)?.[0];
    if (name === undefined) continue;
    const call = { name, text: rest, begun: at };
    if (rest.endsWith('<unfinished ...>')) open.set(pid, call);
    else calls.push({ ...call, ended: at, result });
  }
  return calls.sort((one, other) => one.begun - other.begun);
}
