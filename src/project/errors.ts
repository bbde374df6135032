/** The job could not be done as asked: becomes exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What was read when it went wrong: a file, an option. */
  readonly where: string;
  readonly what: string;
  /** How to mend it, where that can be said. */
  readonly mend: string | undefined;

  constructor(where: string, what: string, mend?: string) {
    super(`${where}: ${what}${mend === undefined ? '' : `; ${mend}`}`);
    this.where = where;
    this.what = what;
    this.mend = mend;
  }
}
