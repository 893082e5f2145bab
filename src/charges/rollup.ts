import { COMPARTMENT_BITS } from '../access/facets.ts';
import type { Stage } from '../cases/lifecycle.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { staged } from '../referrals/return.store.ts';
import type { Moment } from '../trail/act.ts';

/** What is decided on a charge; NONE: no decision stands on it. */
export type Decided = 'CHARGE' | 'HOLD' | 'DECLINE' | 'REFER_OUT' | 'DIVERT' | 'NONE';

/** How far the live charges of a case are decided: not at all, not all of them for good, all declined, all referred out, or all in some other way. */
export const ROLL_UPS = ['UNDECIDED', 'OPEN', 'DECLINED', 'REFERRED_OUT', 'DECIDED'] as const;
export type RollUp = (typeof ROLL_UPS)[number];

/** How far a court is with what is filed of a case: nothing is filed, something waits, all is disposed of while other charges are open, or all is over. */
export const COURT_STANDINGS = ['NONE', 'PENDING', 'DISPOSED', 'OVER'] as const;
export type CourtStanding = (typeof COURT_STANDINGS)[number];

/** What the decisions on the live charges of a case come to. A charge that is held is not decided for good. */
export function rollUpOf(decided: readonly Decided[]): RollUp {
  const all = (outcome: Decided) => decided.every((each) => each === outcome);
  if (all('NONE')) return 'UNDECIDED';
  if (decided.some((each) => each === 'NONE' || each === 'HOLD')) return 'OPEN';
  return all('DECLINE') ? 'DECLINED' : all('REFER_OUT') ? 'REFERRED_OUT' : 'DECIDED';
}

export type StageMoves = Readonly<Partial<Record<Stage, Stage>>>;

const fromReview = <S extends Stage>(to: S) =>
  ({ CLAIMED: to, UNDER_REVIEW: to, AWAITING_AGENCY: to, AWAITING_EXTERNAL: to, REOPENED: to, DECIDED: to }) as const;

/**
 * From which stage to which what is decided leads a case; where nothing is told, it stays. Who awaits something goes on
 * waiting while anything is open; what was declined, referred out or closed is reopened before it is decided otherwise; what is in court stays there.
 */
export const STAGE_MOVES = {
  UNDECIDED: { DECIDED: 'UNDER_REVIEW', DECLINED: 'REOPENED', REFERRED_OUT: 'REOPENED', CLOSED: 'REOPENED' },
  OPEN: { CLAIMED: 'UNDER_REVIEW', REOPENED: 'UNDER_REVIEW', DECIDED: 'UNDER_REVIEW', DECLINED: 'REOPENED', REFERRED_OUT: 'REOPENED', CLOSED: 'REOPENED' },
  DECLINED: { ...fromReview('DECLINED'), REFERRED_OUT: 'DECLINED' },
  REFERRED_OUT: { ...fromReview('REFERRED_OUT'), DECLINED: 'REFERRED_OUT' },
  DECIDED: { ...fromReview('DECIDED'), DECLINED: 'REOPENED', REFERRED_OUT: 'REOPENED' },
} as const satisfies Record<RollUp, StageMoves>;

/**
 * The stage of a case of which so much is decided, and with which a court is so far: in court while a charge waits for the court, closed once
 * all of them are disposed of or decided otherwise.
 */
export function stageAfter(stage: Stage, rollUp: RollUp, court: CourtStanding): Stage {
  if (court === 'OVER') return 'CLOSED';
  if (court === 'PENDING') return 'IN_COURT';
  return (STAGE_MOVES[rollUp] as StageMoves)[stage] ?? stage;
}

const STANDING = `select array_to_string(comity.decided($1::uuid), ' ') as decided, comity.court_standing($1::uuid) as court`;

/** The stage of a case once a filing is taken from its record: where no other is open to the whole office, it is as decided as before it came to court. */
export const stageUnfiled = (moment: Moment, subject: CaseSeen): Promise<Stage> => stageSettled(moment, subject, { NONE: 'DECIDED' });

/** The stage that a case comes to by what is decided on its charges and disposed of by a court, as it stands in the transaction; `outOfCourt`: as which stage one counts that is in court, by how far the court is. */
export async function stageSettled(moment: Moment, subject: CaseSeen, outOfCourt: Readonly<Partial<Record<CourtStanding, Stage>>> = {}): Promise<Stage> {
  const [row] = (await moment.run(statement(STANDING, [subject.id]))).rows;
  const decided = String(row?.['decided'] ?? '').split(' ').filter(Boolean) as Decided[];
  const court = String(row?.['court']) as CourtStanding;
  // Where no charge is open to the whole office, nothing moves the case.
  return decided.length === 0 ? subject.stage : stageAfter(subject.stage === 'IN_COURT' ? (outOfCourt[court] ?? subject.stage) : subject.stage, rollUpOf(decided), court);
}

/** True of what is open to the whole office: what is in a compartment moves no case, for stage and version are told to those who are not to know of it. */
export const movesCase = ({ needs }: { readonly needs: number }): boolean => (needs & COMPARTMENT_BITS) === 0;

/** The statements that bring a case to where its decisions and its court lead it after an act on a charge; none where it stands there. */
export async function settling(moment: Moment, subject: CaseSeen, charge: { readonly needs: number }): Promise<readonly Statement[]> {
  const stage = movesCase(charge) ? await stageSettled(moment, subject) : subject.stage;
  return stage === subject.stage ? [] : [staged(subject, stage)];
}
