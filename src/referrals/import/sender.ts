import { z } from 'zod';
import type { Ready } from './prepared.ts';
import { ImportStop, type Fault } from './stop.ts';
import { asker, Declined, type WireParts } from './wire.ts';

/** What the API made of one report. */
export interface Outcome {
  readonly outcome: 'RECEIVED' | 'REPLAYED' | 'REFUSED';
  readonly faults: readonly Fault[];
}

export interface Attestation {
  readonly attestedBy: string;
  readonly statement: string;
  /** Name and SHA-256 of the file. */
  readonly source: string;
  readonly sha256: string;
}

export interface Sender {
  /** The agency that the token speaks for. Throws ImportStop where it speaks for none. */
  agency(): Promise<{ readonly id: string; readonly name: string }>;
  /** Submits reports; outcomes in their order. */
  submit(reports: readonly Ready[], attestation: Attestation | undefined): Promise<Outcome[]>;
  /** Says what submitting them would meet with; RECEIVED: would be received, REPLAYED: the report number is there already. */
  validate(reports: readonly Ready[], attestation: Attestation | undefined): Promise<Outcome[]>;
}

const PROBLEMS = 'problems { code severity path message remedy }';
const ME = 'query ImportingMember { me { agency { id name } } }';
const SUBMIT = `mutation Import($input: SubmitReferralsInput!) { submitReferrals(input: $input) { items { outcome ${PROBLEMS} } } }`;
/** Mutations that one document may hold. */
const AT_A_TIME = 3;

const Problem = z.object({ code: z.string(), severity: z.string(), path: z.string(), message: z.string(), remedy: z.string() });
const Me = z.object({ me: z.object({ agency: z.object({ id: z.string(), name: z.string() }).nullable() }) });
const Submitted = z.object({ submitReferrals: z.object({ items: z.array(z.object({ outcome: z.enum(['RECEIVED', 'REPLAYED', 'REFUSED']), problems: z.array(Problem) })) }) });
const Validated = z.record(z.string(), z.object({ acceptable: z.boolean(), problems: z.array(Problem) }));

/** Requests for one report alone that may be declined one after another before it must be the server. */
const DECLINED_IN_A_ROW = 20;

/** Speaks to the API about reports. What a request is declined for is searched down to the report that it lies in. */
export function sender(parts: WireParts): Sender {
  const ask = asker(parts);
  let declined = 0;

  const each = async (reports: readonly Ready[], send: (reports: readonly Ready[]) => Promise<Outcome[]>): Promise<Outcome[]> => {
    if (reports.length === 0) return [];
    try {
      const outcomes = await send(reports);
      if (outcomes.length !== reports.length) throw new ImportStop('The server answered for another number of reports than were sent.', 'Check that --url names this version of the API.');
      declined = 0;
      return outcomes;
    } catch (error) {
      if (!(error instanceof Declined)) throw error;
      if (error.field.startsWith('attest')) throw new ImportStop(`The attestation is refused: ${error.message}`, `${error.remedy} (--attested-by, --statement)`);
      if (reports.length > 1) {
        const half = reports.length >> 1;
        return [...(await each(reports.slice(0, half), send)), ...(await each(reports.slice(half), send))];
      }
      declined += 1;
      if (declined > DECLINED_IN_A_ROW) throw new ImportStop(`The server declines one report after another: ${error.message}`, 'Look at the mapping and at the version of the server; nothing is lost.');
      const remedy = error.remedy || (error.code === 'INTERNAL' ? 'Tell the operator of the server this id, and run the import again later.' : 'Correct the value.');
      return [{ outcome: 'REFUSED', faults: [{ line: null, field: error.field.replace(/^.*?\breferral\./, ''), code: error.code, reason: error.message, remedy }] }];
    }
  };

  return {
    async agency() {
      const { me } = Me.parse(await ask(ME, {}));
      if (me.agency === null) throw new ImportStop('The token speaks for nobody of a police agency.', 'Import as a supervisor or a machine of the agency.');
      return me.agency;
    },

    submit: (reports, attestation) => each(reports, async (some) => {
      const input = { referrals: some.map(({ idempotencyKey, referral, sent }) => ({ idempotencyKey, referral, ...(sent && { original: sent }) })), ...(attestation && { attestation }) };
      const { items } = Submitted.parse(await ask(SUBMIT, { input })).submitReferrals;
      return items.map(({ outcome, problems }) => ({ outcome, faults: outcome === 'REFUSED' ? faultsOf(problems) : [] }));
    }),

    async validate(reports, attestation) {
      const outcomes: Outcome[] = [];
      for (let from = 0; from < reports.length; from += AT_A_TIME) {
        outcomes.push(...(await each(reports.slice(from, from + AT_A_TIME), async (some) => {
          const names = some.map((_, index) => `r${index}`);
          const document = `mutation DryRun(${names.map((name) => `$${name}: ValidateReferralInput!`).join(', ')}) { ${names.map((name) => `${name}: validateReferral(input: $${name}) { acceptable ${PROBLEMS} }`).join(' ')} }`;
          const variables = Object.fromEntries(some.map(({ referral }, index) => [`r${index}`, { referral, ...(attestation && { attestedBy: attestation.attestedBy }) }]));
          const answer = Validated.parse(await ask(document, variables));
          return names.map((name): Outcome => {
            const errors = answer[name]?.problems.filter(({ severity }) => severity === 'ERROR') ?? [];
            const known = errors.some(({ code }) => code === 'REPORT_NUMBER_TAKEN');
            if (known && errors.length === 1) return { outcome: 'REPLAYED', faults: [] };
            return errors.length === 0 ? { outcome: 'RECEIVED', faults: [] } : { outcome: 'REFUSED', faults: faultsOf(errors) };
          });
        })));
      }
      return outcomes;
    },
  };
}

const faultsOf = (problems: readonly z.infer<typeof Problem>[]): Fault[] =>
  problems.filter(({ severity }) => severity === 'ERROR').map(({ code, path, message, remedy }) => ({ line: null, field: path, code, reason: message, remedy }));
