/** A file that a run writes record by record, and how far it has come. */
export interface Place {
  readonly path: string;
  /** A file that was there when the run began, and stays unchanged until the first record. */
  readonly kept: string | undefined;
  /** Whether that is what an earlier run left, and this one continues it. */
  readonly isResumed: boolean;
  /** Whether the run has written a record. */
  readonly hasGrown: boolean;
}

/** What can be said of a file, and of how to continue it. */
export interface StopWords {
  /** `12 conformers` */
  readonly held: string;
  /** What the first record is: `conformer` */
  readonly first: string;
  /** `run the same command with --resume to continue` */
  readonly advice: string;
}

/**
 * What a run leaves that does not reach its end.
 * @returns undefined where it failed before it could leave anything, which the failure says
 */
export function stopNote(place: Place, { held, first, advice }: StopWords, isInterrupted: boolean): string | undefined {
  if (place.hasGrown) return `${isInterrupted ? 'stopped; ' : ''}${place.path} holds ${held}; ${advice}`;
  if (!isInterrupted) return undefined;
  return `stopped before the first ${first}; ${unchanged(place.kept)}${place.isResumed ? `; ${advice}` : ''}`;
}

/** What is left of a run that has written no record. @param kept a file that was there before */
export const unchanged = (kept: string | undefined): string =>
  kept === undefined ? 'nothing was written' : `${kept} is unchanged`;

/** How the command that continues differs from one that was given: `with --resume instead of --force`. */
export function resumeAdvice({ force, trajectory }: { force: boolean; trajectory?: string }): string {
  return `with --resume${force ? ' instead of --force' : ''}${trajectory === undefined ? '' : ' and without --trajectory'}`;
}
