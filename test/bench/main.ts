import { benchCycle } from './cycle.ts';
import { benchDiagnose } from './diagnose.ts';
import { benchPerformance } from './performance.ts';
import { benchProbes } from './probes.ts';
import { benchProgram } from './program.ts';
import { benchQuestions } from './questions.ts';
import { benchSecondOpinion } from './second-opinion.ts';
import { benchStore } from './store.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  diagnose: benchDiagnose,
  questions: benchQuestions,
  'second-opinion': benchSecondOpinion,
  store: benchStore,
  performance: benchPerformance,
  cycle: benchCycle,
  program: benchProgram,
  probes: benchProbes,
};

// `npm run bench` runs all; `npm run bench -- store` one.
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name} ==`);
  await bench();
}
