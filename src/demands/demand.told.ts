import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import type { Stage } from '../cases/lifecycle.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import type { Statement } from '../database/statement.ts';
import { staged } from '../referrals/return.store.ts';
import { record, resight, type Done, type Moment } from '../trail/act.ts';
import { stageAfterDemand } from './awaiting.ts';
import type { DemandState } from './demand.rules.ts';
import { demandMoved, type DemandSeen, type Said } from './demand.store.ts';
import { externalDemands } from './demand.table.ts';

/** The case and the demand, as the payload of an act leads to them. */
export const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  demand: new Shown(({ given }) => one('ExternalDemand', externalDemands, (demand) => sql`${demand.caseId} = ${given(0)}::uuid and ${demand.id} = ${given(1)}::uuid`), [caseId, id]),
});

/** What became of a demand. */
export interface Outcome {
  /** Null where nothing is told of the demand: all of it is about items that lie apart from it. */
  readonly event: string | null;
  readonly to: DemandState;
  readonly said: Said;
  /** Words for the trail. */
  readonly about?: Readonly<Record<string, string | boolean | null>>;
  /** What else is written. */
  readonly changes?: readonly Statement[];
  /** The stage that the case goes to; where its demands lead it, unless told. */
  readonly stage?: Stage | undefined;
}

/** What ends an act on a demand: the demand, the trail, and the stage of the case where it awaited it. A rule book may depend on the stage. */
export async function told(moment: Moment, subject: CaseSeen, demand: DemandSeen, { event, to, said, about = {}, changes = [], stage }: Outcome): Promise<Done> {
  const stands = stage ?? (await stageAfterDemand(moment, subject, demand, { regime: demand.regime, state: to, answeredOn: said.answered_on ?? demand.answeredOn, liftedOn: said.lifted_on ?? demand.liftedOn }));
  const isMoved = stands !== subject.stage;
  return {
    payload: shown(subject, demand.id),
    end: [
      ...(event === null ? [] : [demandMoved(subject.id, demand, to, said)]), ...changes, ...(isMoved ? [staged(subject, stands)] : []),
      ...(event === null ? [] : [record({ caseId: subject.id, act: event, needs: demand.needs, body: { demandId: demand.id, regime: demand.regime, state: to, ...about }, ...(isMoved && { expected: subject.version }) })]),
      ...(isMoved ? [resight(subject.id)] : []),
    ],
    after: reclocked([subject.id]),
  };
}
