import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Tells one process from every other one that may open the same directory. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /**
   * Where `pid` means something: one boot of one kernel and one pid namespace (containers that
   * share a volume may all be number 1). Null where the system does not say.
   */
  readonly pidSpace: string | null;
  /** When the process started, in clock ticks since boot: a pid is used again, this is not. */
  readonly startTicks: string | null;
}

export type Liveness = 'alive' | 'dead' | 'unknown';

async function textOf(read: Promise<string>): Promise<string | null> {
  return read.then(
    (text) => text.trim(),
    () => null,
  );
}

/** proc(5): field 22 of /proc/PID/stat; the name in field 2 may itself hold spaces and brackets. */
async function startTicksOf(pid: number): Promise<string | null> {
  const stat = await textOf(readFile(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const fromField3 = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fromField3[22 - 3] ?? null;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  const boot = await textOf(readFile('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = await textOf(readlink('/proc/self/ns/pid'));
  return {
    pid: process.pid,
    host: hostname(),
    pidSpace: boot === null || namespace === null ? null : `${boot} ${namespace}`,
    startTicks: await startTicksOf(process.pid),
  };
}

/** `unknown` when the other process lives where its pid means nothing to us. */
export async function livenessOf(other: ProcessIdentity, own: ProcessIdentity): Promise<Liveness> {
  const sameSpace =
    own.pidSpace === null && other.pidSpace === null
      ? own.host === other.host
      : own.pidSpace === other.pidSpace;
  if (!sameSpace) return 'unknown';
  try {
    process.kill(other.pid, 0);
  } catch (thrown) {
    const forbidden = thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
    if (!forbidden) return 'dead';
  }
  const startTicks = await startTicksOf(other.pid);
  const reused =
    startTicks !== null && other.startTicks !== null && startTicks !== other.startTicks;
  return reused ? 'dead' : 'alive';
}
