import { performance } from 'node:perf_hooks';
import { loadKnowledge } from '../../services/knowledge/index.ts';
import type { Start } from './diagnose-start.ts';

const BYTES_IN_MEGABYTE = 1024 * 1024;

/** The heap without what could be thrown away. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const before = heap();
const began = performance.now();
const loaded = await loadKnowledge('data');
const milliseconds = performance.now() - began;
if (loaded.kind === 'invalid') throw new Error('the articles are invalid');
// What is learnt only when it is first needed counts as well.
loaded.knowledge.diagnoseNow('Why is email not sent?');
const start: Start = { milliseconds, heapMegabytes: (heap() - before) / BYTES_IN_MEGABYTE };
process.stdout.write(JSON.stringify(start));
