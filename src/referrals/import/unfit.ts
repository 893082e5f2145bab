/** A value that does not fit its field. */
export class Unfit extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.name = 'Unfit';
    this.code = code;
    this.remedy = remedy;
  }
}
