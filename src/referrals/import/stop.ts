/** Why an import cannot go on. What was acknowledged until then is kept, and the same command goes on from there. */
export class ImportStop extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'ImportStop';
    this.remedy = remedy;
  }
}

/** What is wrong with a row or a report: it is not sent, and stands in the rejects file. */
export interface Fault {
  /** The line of the file where the row begins, from 1; null where the whole report is meant. */
  readonly line: number | null;
  /** The column or the field of the referral. */
  readonly field: string;
  readonly code: string;
  readonly reason: string;
  readonly remedy: string;
}
