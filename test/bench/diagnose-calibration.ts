import {
  type Claim,
  type Reliability,
  reliabilityByTenths,
  reliabilityOf,
  wrongPerThousand,
} from '../generated/calibration.ts';
import type { DiagnosedCase } from './diagnose-generated.ts';

const SURE = 0.98;

/** What was named, with which confidence, and whether it was so; the fit is made on the other half. */
export function printCalibration(diagnosed: readonly DiagnosedCase[]): void {
  const odd = diagnosed.filter((_, index) => index % 2 === 1);
  const claims = claimsOf(odd);
  const sure = claims.filter(({ confidence }) => confidence >= SURE);
  console.log(`\ndiagnose: calibration on ${claims.length} alerts named in the odd cases`);
  print('ten bins of as many alerts', reliabilityOf(claims));
  print('ten bins of equal width', reliabilityByTenths(claims));
  const perThousand = wrongPerThousand(claims, SURE).toFixed(1);
  console.log(
    `of ${sure.length} alerts named with ${SURE} and more, ${perThousand} in a thousand are wrong`,
  );
}

function claimsOf(diagnosed: readonly DiagnosedCase[]): readonly Claim[] {
  return diagnosed.flatMap(({ labelled, diagnosis }) =>
    diagnosis.outcome === 'answer'
      ? []
      : diagnosis.matches.map(({ topic, confidence }) => ({
          confidence,
          right: labelled.labels.includes(topic),
        })),
  );
}

function print(title: string, { bins, expectedError, largestError }: Reliability): void {
  console.log(
    `${title}: expected calibration error ${expectedError.toFixed(4)}, largest ${largestError.toFixed(3)}`,
  );
  console.table(
    bins.map(({ from, to, claims, confidence, right }) => ({
      from: from.toFixed(3),
      to: to.toFixed(3),
      alerts: claims,
      'mean confidence': confidence.toFixed(4),
      'share right': right.toFixed(4),
    })),
  );
}
