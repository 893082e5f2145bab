import { COMPARTMENT_BITS, FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { personSeen } from '../charges/charge.store.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { HOLDS_FOR_GOOD } from './disposition.rules.ts';
import type { Moment } from '../trail/act.ts';

/** A person against whom a charge is filed, as the court's days and a removal see them. */
export interface Charged {
  readonly personId: string;
  /** Of what is written about the person in court: in the compartment where all that is filed against them stands. */
  readonly needs: number;
  /** The first filing. */
  readonly filedOn: Day;
  /** The day on which the last of the charges was disposed of; null while one waits for the court. */
  readonly disposedOn: Day | null;
  readonly arraignedOn: Day | null;
  readonly arraignment: string | null;
  readonly trialStartsOn: Day | null;
  readonly trial: string | null;
}

const CHARGED = `select min(f.filed_on)::text as "filedOn", bit_and(h.needs) as needs, case when bool_and(d.id is not null) then max(d.disposed_on) end::text as "disposedOn", a.id as arraignment, a.day::text as "arraignedOn", t.id as trial, t.day::text as "trialStartsOn"
  from comity.charges h join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
    left join comity.dispositions d on d.case_id = h.case_id and d.charge_id = h.id and ${HOLDS_FOR_GOOD}
    left join lateral (select c.id, c.day from comity.court_dates c where c.case_id = $1::uuid and c.person_id = $2::uuid and c.kind = 'ARRAIGNMENT' order by c.recorded_at desc, c.id desc limit 1) a on true
    left join lateral (select c.id, c.day from comity.court_dates c where c.case_id = $1::uuid and c.person_id = $2::uuid and c.kind = 'TRIAL' order by c.recorded_at desc, c.id desc limit 1) t on true
 where h.case_id = $1::uuid and h.person_id = $2::uuid and h.state = 'FILED' group by a.id, a.day, t.id, t.day`;

/** A person with a filed charge. Throws BadInput for who is not of the case, or not seen; Conflict where nothing is filed against them. */
export async function chargedPerson(moment: Moment, subject: CaseSeen, personId: string): Promise<Charged> {
  const person = await personSeen(moment, subject, personId);
  if (person === undefined) throw badInput('personId', 'This is no person of the case.', 'Take the id of a person of the case.');
  const [row] = (await moment.run(statement(CHARGED, [subject.id, person.id]))).rows;
  if (row === undefined) throw conflict('No charge against this person is filed.', { personId: person.id, remedy: 'File a charge first, with fileCharges.' });
  const found = row as unknown as Omit<Charged, 'personId'>;
  return { ...found, personId: person.id, needs: person.needs | FACETS.PROCEEDINGS | FACETS.CHARGES | (found.needs & COMPARTMENT_BITS) };
}
