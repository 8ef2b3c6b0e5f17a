/** One article that was named with a confidence, and whether it was the right one. */
export interface Claim {
  readonly confidence: number;
  readonly right: boolean;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly claims: number;
  readonly confidence: number;
  readonly right: number;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance between confidence and share of right ones, by the number of claims. */
  readonly expectedError: number;
  readonly largestError: number;
}

const BINS = 10;

/** Ten bins of as many claims each, from the least confident to the most. */
export function reliabilityOf(claims: readonly Claim[]): Reliability {
  const sorted = [...claims].sort((one, other) => one.confidence - other.confidence);
  return summary(
    Array.from({ length: BINS }, (_, bin) => {
      const part = (index: number): number => Math.floor((sorted.length * index) / BINS);
      return sorted.slice(part(bin), part(bin + 1));
    }),
  );
}

/** Ten bins of a tenth of confidence each; empty ones are left out. */
export function reliabilityByTenths(claims: readonly Claim[]): Reliability {
  const bins = Array.from({ length: BINS }, (): Claim[] => []);
  for (const claim of claims) {
    bins[Math.min(BINS - 1, Math.floor(claim.confidence * BINS))]?.push(claim);
  }
  return summary(bins);
}

function summary(parts: readonly (readonly Claim[])[]): Reliability {
  const bins = parts
    .filter((claims) => claims.length > 0)
    .map(
      (claims): ReliabilityBin => ({
        from: Math.min(...claims.map(({ confidence }) => confidence)),
        to: Math.max(...claims.map(({ confidence }) => confidence)),
        claims: claims.length,
        confidence: claims.reduce((sum, { confidence }) => sum + confidence, 0) / claims.length,
        right: claims.filter(({ right }) => right).length / claims.length,
      }),
    );
  const all = bins.reduce((sum, { claims }) => sum + claims, 0);
  const errors = bins.map(({ confidence, right }) => Math.abs(confidence - right));
  const expectedError = bins.reduce(
    (sum, { claims }, index) => sum + ((errors[index] ?? 0) * claims) / all,
    0,
  );
  return { bins, expectedError, largestError: Math.max(0, ...errors) };
}

/** Of the claims from this confidence up, how many of a thousand are wrong. */
export function wrongPerThousand(claims: readonly Claim[], from: number): number {
  const sure = claims.filter(({ confidence }) => confidence >= from);
  return sure.length === 0 ? 0 : (1000 * sure.filter(({ right }) => !right).length) / sure.length;
}
