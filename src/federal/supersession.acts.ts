import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { dayCome, notBefore } from './days.ts';
import { refuseIncomplete } from './details.ts';
import { moved } from './machine.ts';
import { stepped } from './proceeding-step.store.ts';
import type { RecordSupersessionInput } from './supersession.inputs.ts';
import { LOCAL, SUPERSESSION_MOVES, type SupersessionAct, type SupersessionPlace, type SupersessionState } from './supersession.rules.ts';
import { supersessionBegun, supersessionLaw, supersessionMoved, supersessionOpen, supersessionSeen, type SupersessionKept } from './supersession.store.ts';
import { supersessions } from './supersession.table.ts';

const BEGINS = ['basis', 'petitioner'] as const;
const ALL = [...BEGINS, 'appointee', 'order'] as const;

/** What each act is recorded with, and nothing else. A petition on a conflict that is declared goes on with what is on record. */
const RECORDED_WITH = {
  DECLARE_CONFLICT: [], PETITION: [], ASSIGN_JUDGE: [], HEAR: [], TRANSFER: ['appointee', 'order'], RETAIN: ['order'], RETURN: [], WITHDRAW: [],
} as const satisfies Record<SupersessionAct, readonly (typeof ALL)[number][]>;

/**
 * Records that somebody else may take the case, or what came of that; it moves no lead. Throws NotFound where the actor does not see the
 * case or the supersession, Forbidden where it is another's, Conflict, with the law of the state, at the wrong moment; BadInput for days
 * that contradict each other, and for what an act lacks or does not take.
 */
export const recordSupersession = act('supersession:record', async (moment, input: RecordSupersessionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.supersessionId == null ? null : await supersessionSeen(moment, subject, input.supersessionId);
  within(moment, subject, 'supersession:record');
  inTime(subject, 'follow');
  const about = { rule: 'SUPERSESSION', citation: await supersessionLaw(moment, subject), given: input };
  const supersession = known === null ? await begun(moment, subject, about) : gone(known, about);
  return {
    payload: {
      case: caseShown(subject.id),
      supersession: new Shown(({ given }) => one('Supersession', supersessions, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, supersession.id]),
    },
    end: [
      (known === null ? supersessionBegun : supersessionMoved)(subject, supersession),
      stepped(subject, { kind: 'SUPERSESSION', aboutId: supersession.id, needs: supersession.needs, act: input.act, day: dayText(input.on), state: supersession.state }),
      record({ caseId: subject.id, act: 'SUPERSESSION_RECORDED', needs: supersession.needs, body: { supersessionId: supersession.id, act: input.act, state: supersession.state } }),
    ],
    after: reclocked([subject.id]),
  };
});

interface About {
  readonly rule: string;
  readonly citation: string | null;
  readonly given: RecordSupersessionInput;
}

async function begun(moment: Moment, subject: CaseSeen, about: About): Promise<SupersessionKept> {
  const { citation, given: input } = about;
  const state = stateAfter(about, LOCAL);
  refuseIncomplete(input.act, citation, input, { all: ALL, needed: BEGINS });
  const filedOn = dayCome('on', input.on);
  notBefore('on', filedOn, ['the incident', subject.incidentOn]);
  const open = await supersessionOpen(moment, subject);
  if (open) throw conflict('A supersession of this case is on record.', { rule: about.rule, citation, supersessionId: open.id, state: open.state, remedy: 'Record what happens to it, with its id as supersessionId.' });
  return {
    id: newId(), needs: FACETS.PROCEEDINGS, state, basis: input.basis ?? 'OTHER', petitioner: sentence('petitioner', input.petitioner ?? '', 200), filedOn,
    judgeAssignedOn: null, heardOn: null, decidedOn: null, appointee: null, order: null, returnedOn: null, withdrawnOn: null, lastOn: null,
  };
}

function gone(known: SupersessionKept, about: About): SupersessionKept {
  const { rule, citation, given: input } = about;
  const state = stateAfter(about, known.state);
  refuseIncomplete(input.act, citation, input, { all: ALL, needed: RECORDED_WITH[input.act] });
  const on = dayCome('on', input.on);
  notBefore('on', on, ['it was filed', known.filedOn], ['the assignment of the judge', known.judgeAssignedOn], ['the hearing', known.heardOn], ['the decision', known.decidedOn], ['what happened to it last,', known.lastOn]);
  const next = { ...known, state };
  switch (input.act) {
    case 'ASSIGN_JUDGE':
      // Another judge, where one is on record: the time for a hearing runs from the assignment of who hears it.
      return { ...next, judgeAssignedOn: on };
    case 'HEAR':
      if (known.judgeAssignedOn === null) throw conflict('No judge is assigned, from whose assignment the time for a hearing runs.', { rule, citation, remedy: 'Record ASSIGN_JUDGE first.' });
      return { ...next, heardOn: on };
    case 'TRANSFER':
      if (known.basis === 'ABUSE_OF_DISCRETION' && known.heardOn === null) throw conflict('On a discretion that was abused an order follows a hearing.', { rule, citation, basis: known.basis, remedy: 'Record ASSIGN_JUDGE and HEAR first.' });
      return { ...next, decidedOn: on, appointee: sentence('appointee', input.appointee ?? '', 200), order: sentence('order', input.order ?? '') };
    case 'RETAIN':
      return { ...next, decidedOn: on, order: sentence('order', input.order ?? '') };
    case 'RETURN':
      return { ...next, returnedOn: on };
    case 'WITHDRAW':
      return { ...next, withdrawnOn: on };
    case 'DECLARE_CONFLICT':
    case 'PETITION':
      return next;
  }
}

const stateAfter = ({ rule, citation, given: { act } }: About, state: SupersessionPlace): SupersessionState =>
  moved<SupersessionAct, SupersessionState, typeof LOCAL>(SUPERSESSION_MOVES, act, state, { rule, citation });
