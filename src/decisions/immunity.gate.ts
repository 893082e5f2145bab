import type { CaseSeen } from '../cases/subject.ts';
import { arrayText, statement } from '../database/statement.ts';
import { conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeToDecide, DecisionSeen } from './decision.store.ts';
import type { ChargeToFile } from './filing.store.ts';
import { IMMUNITY, maybeFederal, type Affiliation } from './immunity.rules.ts';

/** What is on file of the immunity of a person: for whom they acted, as it was recorded last, and the newest analysis that was reviewed. */
interface Known {
  readonly personId: string;
  readonly affiliation: Affiliation | null;
  readonly analysisId: string | null;
}

const KNOWN = `select p.id as "personId",
  (select a.affiliation from comity.affiliations a where a.case_id = $1::uuid and a.person_id = p.id order by a.recorded_at desc, a.id desc limit 1) as affiliation,
  (select i.id from comity.immunity_analyses i where i.case_id = $1::uuid and i.person_id = p.id and i.state = 'REVIEWED' order by i.drafted_at desc, i.id desc limit 1) as "analysisId"
  from unnest($2::text::uuid[]) as p(id)`;

const known = async (moment: Moment, { id: caseId }: CaseSeen, personIds: readonly string[]): Promise<readonly Known[]> =>
  (await moment.run(statement(KNOWN, [caseId, arrayText([...new Set(personIds)])]))).rows as unknown as Known[];

const isOpen = ({ affiliation, analysisId }: Known): boolean => analysisId === null && maybeFederal(affiliation);

const RECORD = 'Record an analysis with recordImmunityAnalysis and have another person review it; record with recordAffiliation that the person is no federal officer';

/**
 * A person who is or may be a federal officer is charged once immunity is analysed and reviewed, or by the word of the elected
 * head, for a limitation date waits for nobody. Answers the analysis on which that rests: the newest that was reviewed; null where there is
 * none. Throws Conflict with the rule and its citation.
 */
export async function refuseUnanalysed(moment: Moment, subject: CaseSeen, { personId }: ChargeToDecide, { overrideReason, overriddenBy }: DecisionSeen, overrides: boolean): Promise<string | null> {
  const [found] = await known(moment, subject, [personId]);
  if (found === undefined || !isOpen(found) || overrides || overriddenBy !== null) return found?.analysisId ?? null;
  throw unanalysed(found, overrideReason === null
    ? `${RECORD}; or take this decision back and propose it with overrideReason, for the elected head to approve.`
    : 'The elected head approves a decision with a reason to override; or record an analysis and have another person review it.');
}

/** What was learned of a person since the decision counts when the charge is filed. Throws Conflict as `refuseUnanalysed` does. */
export async function refuseFiledUnanalysed(moment: Moment, subject: CaseSeen, charges: readonly ChargeToFile[]): Promise<void> {
  const bound = charges.filter(({ overriddenBy }) => overriddenBy === null).map(({ personId }) => personId);
  const open = bound.length === 0 ? undefined : (await known(moment, subject, bound)).find(isOpen);
  if (open !== undefined) throw unanalysed(open, `${RECORD}; or supersede the decision by one that the elected head overrides with a reason.`);
}

const unanalysed = ({ personId, affiliation }: Known, remedy: string) =>
  conflict('A person who is or may be a federal officer is not charged before immunity under the Supremacy Clause is analysed and reviewed.', { ...IMMUNITY, personId, affiliation: affiliation ?? 'UNKNOWN', remedy });
