import { sql } from 'drizzle-orm';
import { reachOf, type Action } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import { purposeMissing } from '../access/purposes.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, isLead, officeOf, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { BreakGlassInput, EndBreakGlassInput, ReviewBreakGlassInput } from './glass.inputs.ts';
import { ALONE, broken, ended, glassOpens, glassUseSeen, reviewed } from './glass.store.ts';
import { glassUses } from './glass.table.ts';

/**
 * Opens a case of the actor's own office to the actor, whatever the ceiling of the role and whichever unit has it, until
 * the office's next midnight at the latest; walls, seals and compartments stay closed. Throws BadInput without a purpose,
 * NotFound, Forbidden where another office leads, Conflict where it would open nothing or an earlier use awaits its review.
 */
export const breakGlass = act('glass:break', async (moment, { caseId, reason, hours = null }: BreakGlassInput) => {
  const subject = await caseHeld(moment, caseId);
  if (!isLead(moment, subject)) throw forbidden('Your office does not lead this case.');
  reaches(moment, subject, 'glass:break');
  if (moment.purpose === null) throw purposeMissing();
  if (hours !== null && (hours < 1 || hours > 24)) throw badInput('hours', 'Break-glass lasts for a day at the most.', 'Give 1 to 24, or leave hours away: it ends at the next midnight of your office.');
  const why = sentence('reason', reason);
  const [open] = (await moment.run(glassOpens(subject.id))).rows;
  if (open?.['facets'] === 0) throw conflict('Break-glass would open nothing of this case that is not open to you already.');
  const id = newId();
  const { rows } = await moment.run(broken({ caseId: subject.id, id, officeId: officeOf(moment), reason: why, hours }));
  if (rows.length !== 1) throw conflict('Your last use of break-glass awaits its review.', { remedy: 'Ask a head of your office to review it; the query breakGlassUses shows it.' });
  return {
    payload: { use: useShown(subject.id, id), case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'BROKE_GLASS', body: { useId: id, hours, purpose: moment.purpose }, needs: FACETS.OFFICE }), resight(subject.id)],
  };
}, () => [ALONE]);

/** Ends the actor's own use. Throws NotFound, Forbidden for another's, Conflict where it has ended. */
export const endBreakGlass = act('glass:break', async (moment, { caseId, useId }: EndBreakGlassInput) => {
  const subject = await caseHeld(moment, caseId);
  const use = await glassUseSeen(moment, subject.id, useId);
  if (use.memberId !== moment.actor.memberId) throw forbidden('Only who used break-glass ends the use; a review that finds it not justified ends it too.');
  const { rows } = await moment.run(ended(subject.id, use.id));
  if (rows.length !== 1) throw conflict('This use has ended already.');
  return {
    payload: { use: useShown(subject.id, use.id), case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'BREAK_GLASS_ENDED', body: { useId: use.id }, needs: FACETS.OFFICE }), resight(subject.id)],
  };
});

/** Reviews another's use, though its case may have left the office. Throws NotFound, Forbidden for one's own, Conflict where it was reviewed. */
export const reviewBreakGlass = act('glass:review', async (moment, { caseId, useId, finding, remark }: ReviewBreakGlassInput) => {
  const use = await glassUseSeen(moment, caseId, useId);
  if (use.memberId === moment.actor.memberId) throw forbidden('Nobody reviews their own use of break-glass: another head of your office does.');
  if (use.isShown) reaches(moment, await caseHeld(moment, caseId), 'glass:review');
  const said = sentence('remark', remark);
  if ((await moment.run(reviewed(use, finding, said))).rows[0]?.['reviewed'] !== true) throw conflict('This use has been reviewed already.');
  return { payload: { use: useShown(use.caseId, use.id) } };
});

/** Throws Forbidden where a rule book lowers the act to the team and the actor is not on it. A unit that has the case is no hindrance. */
function reaches({ actor }: Moment, { onTeam }: CaseSeen, action: Action): void {
  if (reachOf(actor, action) === 'OWN' && !onTeam) throw forbidden('Only the team of this case may do this.');
}

const useShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('BreakGlassUse', glassUses, (use) => sql`${use.caseId} = ${given(0)}::uuid and ${use.id} = ${given(1)}::uuid`), [caseId, id]);
