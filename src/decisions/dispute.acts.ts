import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { referrals } from '../referrals/referral.table.ts';
import { entered, staged, standingOf, type Standing } from '../referrals/return.store.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { AnswerDeclinationDisputeInput, DisputeDeclinationInput } from './dispute.inputs.ts';
import { disputeAfter, type DisputeState } from './dispute.rules.ts';

/**
 * Disputes, once a referral, that it was declined, with what is new. Throws NotFound for a referral that is not the agency's,
 * Conflict where the agency was told of no declination that stands, or has disputed it before.
 */
export const disputeDeclination = act('referral:answer', async (_moment, { referralId, statement: said, newMaterial }: DisputeDeclinationInput) => {
  const id = idOrNull(referralId);
  if (id === null) throw notFound();
  const [text, material] = [sentence('statement', said), sentence('newMaterial', newMaterial)];
  return {
    payload: {
      referral: new Shown(({ given }) => one('Referral', referrals, (referral) => sql`${referral.id} = ${given(0)}::uuid and ${referral.agencyId} = (select comity.agency_id())`), [id]),
    },
    // The agency never sees the case: whether it was told of a declination, and what it says to it, is judged and written for it.
    end: [statement('select comity.dispute_declination($1::uuid, $2::uuid, $3, $4::uuid, $5)', [id, newId(), text, newId(), material])],
  };
});

/**
 * Answers an agency's dispute: UPHOLD keeps the declination, REOPEN takes the case up again. Throws NotFound where the actor
 * does not see the case or the referral, Forbidden where it is not the actor's to answer, Conflict where no dispute waits or the case has changed.
 */
export const answerDeclinationDispute = act('declination:answer', async (moment, input: AnswerDeclinationDisputeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'declination:answer');
  inTime(subject, 'answerDispute', input.expectedVersion);
  const standing = await standingOf(moment, subject, input.referralId);
  const reopens = input.answer === 'REOPEN';
  const note = sentence('note', input.note);
  const state = await disputeOf(moment, subject, standing);
  if (disputeAfter(reopens ? 'reopen' : 'uphold', state) === undefined) throw conflict('No dispute of this referral waits for an answer.', { state, remedy: 'Read the thread of the referral again.' });
  const isMoved = reopens && subject.stage === 'DECLINED';
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      // That a case goes on is its status; that it stays declined is its outcome.
      entered(subject.id, standing, { kind: reopens ? 'CASE_REOPENED' : 'DECLINATION_UPHELD', note, shownBy: reopens ? 'STATUS' : 'OUTCOME' }),
      ...(isMoved ? [staged(subject, 'REOPENED')] : []),
      record({ caseId: subject.id, act: reopens ? 'CASE_REOPENED' : 'DECLINATION_UPHELD', needs: FACETS.REPORT, body: { referralId: standing.referralId }, ...(isMoved && { expected: subject.version }) }),
      ...(isMoved ? [resight(subject.id)] : []),
    ],
  };
});

const STATE = `select case e.kind when 'DECLINATION_DISPUTED' then 'DISPUTED' when 'DECLINATION_UPHELD' then 'UPHELD' else 'REOPENED' end as state from comity.return_entries e
  where e.case_id = $1::uuid and e.referral_id = $2::uuid and e.kind in ('DECLINATION_DISPUTED', 'DECLINATION_UPHELD', 'CASE_REOPENED') order by e.at desc, e.id desc limit 1`;

async function disputeOf(moment: Moment, { id }: CaseSeen, { referralId }: Standing): Promise<DisputeState> {
  const [row] = (await moment.run(statement(STATE, [id, referralId]))).rows;
  return row === undefined ? 'NONE' : (row['state'] as DisputeState);
}
