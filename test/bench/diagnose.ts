import { parseArgs } from 'node:util';
import { loadKnowledge } from '../../services/knowledge/index.ts';
import { printCalibration } from './diagnose-calibration.ts';
import { printDevCases } from './diagnose-dev-cases.ts';
import { diagnosedCases, printGenerated } from './diagnose-generated.ts';
import { printGrowth } from './diagnose-growth.ts';
import { printLongTexts } from './diagnose-long-texts.ts';
import { printRoundTrip } from './diagnose-round-trip.ts';
import { pastesOf, printSpeed } from './diagnose-speed.ts';
import { printStart } from './diagnose-start.ts';
import { peerDocuments } from './peers/documents.ts';
import { fusePeer } from './peers/fuse.ts';
import { minisearchPeer } from './peers/minisearch.ts';
import { oramaPeer } from './peers/orama.ts';
import { winkPeer } from './peers/wink.ts';

/** Generated cases of a kind; about three minutes in all. `--cases 2000` for more. */
const CASES = 500;
const SEED = 'bench';

/** How well and how fast texts are diagnosed; prints tables. */
export async function benchDiagnose(): Promise<void> {
  const loaded = await loadKnowledge('data');
  if (loaded.kind === 'invalid') {
    console.log('diagnose: the articles are invalid', loaded.problems);
    return;
  }
  const { knowledge } = loaded;
  const articles = knowledge.articles();
  const documents = peerDocuments(articles);
  const peers = {
    fast: [await oramaPeer(documents), minisearchPeer(documents), winkPeer(documents)],
    slow: [fusePeer(documents)],
  };
  // Times first: afterwards the heap is full of cases.
  await printStart();
  printSpeed(knowledge, peers);
  await printLongTexts(knowledge);
  await printDevCases(knowledge);
  const diagnosed = diagnosedCases(knowledge, SEED, casesWanted());
  printGenerated(diagnosed, articles, peers);
  printCalibration(diagnosed);
  printRoundTrip(knowledge);
  const cases = diagnosed.map(({ labelled }) => labelled);
  await printGrowth(articles, cases, pastesOf(knowledge));
}

function casesWanted(): number {
  const { values } = parseArgs({
    options: { cases: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const wanted = Number(values.cases ?? CASES);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : CASES;
}
