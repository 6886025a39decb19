/** How a published comparison is made. */
export interface CoverageProtocol {
  /** Where it is from. */
  readonly source: string;
  /** Molecules of the test set. */
  readonly molecules: number;
  /** Conformers generated for each reference conformer. */
  readonly generatedPerReference: number;
  /** δ in Å for small molecules (QM9) and for drug-like ones. */
  readonly thresholds: { readonly qm9: number; readonly drugs: number };
}

/** The two protocols in use; both compare heavy atoms and leave conjugated terminal groups as they are. */
export const coverageProtocols = {
  confgf: {
    source: 'Shi et al. 2021 (ConfGF)',
    molecules: 200,
    generatedPerReference: 2,
    thresholds: { qm9: 0.5, drugs: 1.25 },
  },
  geomol: {
    source: 'Ganea et al. 2021 (GeoMol)',
    molecules: 1000,
    generatedPerReference: 2,
    thresholds: { qm9: 0.5, drugs: 0.75 },
  },
} as const satisfies Record<string, CoverageProtocol>;

/** The thresholds of both protocols, rising: 0.5, 0.75 and 1.25 Å. */
export const PUBLISHED_THRESHOLDS: readonly number[] = [
  ...new Set(Object.values(coverageProtocols).flatMap(({ thresholds }) => [thresholds.qm9, thresholds.drugs])),
].sort((a, b) => a - b);
