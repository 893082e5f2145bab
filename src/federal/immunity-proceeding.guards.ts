import type { CaseSeen } from '../cases/subject.ts';
import type { Finding } from '../decisions/immunity.rules.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { sentence } from '../kernel/wording.ts';
import type { Moment } from '../trail/act.ts';
import { refuseIncomplete } from './details.ts';
import type { RecordImmunityProceedingInput } from './immunity-proceeding.inputs.ts';
import { IMMUNITY_LAW, isImmune, type ImmunityAct, type ImmunityRuling } from './immunity-proceeding.rules.ts';
import { analysisOf, immunityBeside, type ImmunityKept } from './immunity-proceeding.store.ts';

const PLACE = ['forum', 'court', 'circuit', 'analysisId'] as const;
const RULING = ['decision', 'authorised', 'necessary'] as const;
const ALL = [...PLACE, ...RULING, 'hearingOn', 'appealDocket', 'chargeIds'] as const;
type Detail = (typeof ALL)[number];

interface Told {
  readonly needed: readonly Detail[];
  readonly may?: readonly Detail[];
}

/** What each act is recorded with, and nothing else. */
const RECORDED_WITH = {
  ANTICIPATE: { needed: [], may: ['analysisId'] }, RAISE: { needed: ['forum', 'court'], may: ['circuit', 'analysisId'] }, SET_HEARING: { needed: ['hearingOn'], may: PLACE },
  GRANT: { needed: RULING, may: [...PLACE, 'chargeIds'] }, DENY: { needed: RULING, may: PLACE }, APPEAL: { needed: ['appealDocket'] }, AFFIRM: { needed: ['decision'] }, REVERSE: { needed: RULING, may: ['chargeIds'] }, CONCLUDE: { needed: [] },
} as const satisfies Record<ImmunityAct, Told>;

/** Throws BadInput where an act lacks what it is recorded with, or is given what belongs to another. */
export const refuseUntold = (input: RecordImmunityProceedingInput): void => refuseIncomplete<Detail>(input.act, IMMUNITY_LAW.citation, input, { all: ALL, ...RECORDED_WITH[input.act] });

/** Throws Conflict where another immunity of the person is before the courts. */
export async function refuseBeside(moment: Moment, subject: CaseSeen, proceeding: Pick<ImmunityKept, 'id' | 'needs' | 'personId'>): Promise<void> {
  const open = await immunityBeside(moment, subject, proceeding);
  if (open) throw conflict('The immunity of this person is on record.', { ...IMMUNITY_LAW, proceedingId: open.id, state: open.state, remedy: 'Record what happens to it, with its id as proceedingId.' });
}

/** The court, and the analysis, as an act names them or as they are known. Throws BadInput for a federal court without its circuit, and for an analysis that is none of the person's, or that nobody reviewed. */
export async function placed(moment: Moment, subject: CaseSeen, known: ImmunityKept, input: RecordImmunityProceedingInput): Promise<Partial<ImmunityKept>> {
  const [forum, circuit] = [input.forum ?? known.forum, input.circuit ?? known.circuit];
  if (forum === 'FEDERAL' && circuit === null) throw badInput('circuit', 'A federal court is of a circuit, and circuits differ on what an officer must have believed.', 'Name the circuit.');
  const analysisId = input.analysisId == null ? known.analysisId : await analysisOf(moment, subject, known.personId, input.analysisId);
  if (analysisId === undefined) throw badInput('analysisId', 'This is no analysis of this person that another has reviewed.', 'Take the id of one, or leave it away.');
  return { forum, circuit, analysisId, court: input.court == null ? known.court : sentence('court', input.court, 200) };
}

/** The two answers on which a court ruled. Throws BadInput where the ruling does not follow from them: immunity takes both. */
export function answered(ruling: ImmunityRuling, { authorised, necessary }: RecordImmunityProceedingInput): { readonly authorised: Finding; readonly necessary: Finding } {
  const answers = { authorised: authorised ?? 'UNCLEAR', necessary: necessary ?? 'UNCLEAR' };
  const both = isImmune(answers.authorised, answers.necessary);
  if (ruling === 'GRANTED' && !both) throw badInput(answers.authorised === 'MET' ? 'necessary' : 'authorised', `Immunity takes both: an act that federal law authorised, and no more than was necessary and proper (${IMMUNITY_LAW.citation}).`, 'Record MET for both questions; or a denial.');
  if (ruling === 'DENIED' && both) throw badInput('necessary', `Whoever meets both questions is immune (${IMMUNITY_LAW.citation}).`, 'Record which question was not met, or was left unclear; or a grant.');
  return answers;
}
