import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { ChargeState } from '../charges/charge.table.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { DispositionForum, DispositionKind, JudgmentStanding } from './disposition.rules.ts';

/** A charge as a disposition of it sees it. */
export interface ChargeToDispose {
  readonly id: string;
  readonly needs: number;
  readonly state: ChargeState;
  readonly filedOn: Day | null;
  readonly arraignedOn: Day | null;
  /** The disposition that holds. */
  readonly holds: string | null;
  readonly kind: DispositionKind | null;
  readonly disposedOn: Day | null;
  readonly standing: JudgmentStanding;
  /** A court granted the person immunity from this charge, and no appeal reversed that. */
  readonly isImmune: boolean;
}

const CHARGE = `select h.id, h.needs, h.state, f.filed_on::text as "filedOn", d.id as holds, d.kind, d.disposed_on::text as "disposedOn", comity.judgment_standing(h.case_id, h.id, $3::text::date) as standing,
    exists (select 1 from comity.immunity_proceedings i where i.case_id = h.case_id and i.ruling = 'GRANTED' and h.id = any (i.charge_ids)) as "isImmune",
    (select c.day::text from comity.court_dates c where c.case_id = h.case_id and c.person_id = h.person_id and c.kind = 'ARRAIGNMENT' order by c.recorded_at desc, c.id desc limit 1) as "arraignedOn"
  from comity.charges h left join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
    left join comity.dispositions d on d.case_id = h.case_id and d.charge_id = h.id
      and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)
 where h.case_id = $1::uuid and h.id = $2::uuid`;

/** A charge of the case, as it stands on a day. Throws NotFound where there is none that the actor sees. */
export async function chargeToDispose(moment: Moment, { id: caseId }: CaseSeen, chargeId: string, on: Day): Promise<ChargeToDispose> {
  const [row] = (await moment.run(statement(CHARGE, [caseId, idOrNull(chargeId), on]))).rows;
  if (row === undefined) throw partNotFound('chargeId');
  return row as unknown as ChargeToDispose;
}

/** A disposition to be kept. */
export interface NewDisposition {
  readonly id: string;
  readonly kind: DispositionKind;
  readonly disposedOn: Day;
  readonly forum: DispositionForum;
  readonly court: string;
  readonly sentence: string | null;
  readonly reason: string | null;
}

const DISPOSED = `insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, sentence, reason, supersedes, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6::text::date, $7, $8, $9, $10, $11::uuid, comity.member(), clock_timestamp())`;

/** Keeps a disposition, in the place of the one that holds. */
export const disposed = ({ id: caseId }: CaseSeen, charge: ChargeToDispose, { id, kind, disposedOn, forum, court, sentence, reason }: NewDisposition): Statement =>
  statement(DISPOSED, [caseId, id, (charge.needs & (FACETS.CHARGES | FACETS.PROTECTED)) | FACETS.PROCEEDINGS, charge.id, kind, disposedOn, forum, court, sentence, reason, charge.holds]);
