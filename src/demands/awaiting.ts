import type { Stage } from '../cases/lifecycle.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import { AWAITING_FROM, type AwaitingFrom, type DemandStands, isAwaited } from './demand.rules.ts';
import { awaitedBeside, type DemandSeen } from './demand.store.ts';

const isFrom = (stage: Stage): stage is AwaitingFrom => (AWAITING_FROM as readonly Stage[]).includes(stage);

/** The case goes to await a demand: to which stage, and from which it came. Throws Conflict where its stage does not let it. */
export async function awaited(moment: Moment, subject: CaseSeen, demand: DemandSeen): Promise<{ readonly stage: Stage; readonly from: AwaitingFrom }> {
  if (isFrom(subject.stage)) return { stage: 'AWAITING_EXTERNAL', from: subject.stage };
  if (subject.stage !== 'AWAITING_EXTERNAL') {
    throw conflict('In this stage a case awaits no demand.', { stage: subject.stage, remedy: `Leave awaits away; it is for the stages ${AWAITING_FROM.join(', ')}.` });
  }
  return { stage: 'AWAITING_EXTERNAL', from: (await awaitedBeside(moment, subject, demand.id)).awaitedIn ?? 'CLAIMED' };
}

/** The stage of a case when a demand stands otherwise: it goes back to where it was once nothing is awaited any more. */
export async function stageAfterDemand(moment: Moment, subject: CaseSeen, demand: DemandSeen, now: DemandStands): Promise<Stage> {
  if (subject.stage !== 'AWAITING_EXTERNAL' || demand.awaitedIn === null || isAwaited(now)) return subject.stage;
  return (await awaitedBeside(moment, subject, demand.id)).others > 0 ? subject.stage : demand.awaitedIn;
}
