import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import type { SteppedKind } from './proceeding-step.table.ts';

/** A step of a proceeding, to be kept. */
export interface NewStep {
  readonly kind: SteppedKind;
  readonly aboutId: string;
  readonly needs: number;
  readonly act: string;
  readonly day: Day;
  readonly state: string;
  readonly reference?: string | null;
}

const STEPPED = `insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, reference, recorded_by, recorded_at)
  select $1::uuid, $2, $3::uuid, 1 + count(s.position), $4::integer, $5, $6::text::date, $7, $8, comity.member(), clock_timestamp()
    from comity.proceeding_steps s where s.case_id = $1::uuid and s.kind = $2 and s.about_id = $3::uuid`;

/** Keeps what happened to a proceeding, after the row that tells where it stands now. */
export const stepped = ({ id: caseId }: CaseSeen, { kind, aboutId, needs, act, day, state, reference = null }: NewStep): Statement => statement(STEPPED, [caseId, kind, aboutId, needs, act, day, state, reference]);
