import type { CaseSeen } from '../cases/subject.ts';
import { type Day, plusDays } from '../clocks/calendar.ts';
import { isState } from '../coalition/state.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import type { Moment } from '../trail/act.ts';
import { notBefore } from './days.ts';
import { refuseIncomplete } from './details.ts';
import type { RecordRenditionInput } from './rendition.inputs.ts';
import { ARRESTED_ONLY, HOLD_LAW, RENDITION_LAW, type RenditionAct } from './rendition.rules.ts';
import { renditionLaw, type RenditionKept } from './rendition.store.ts';

const ALL = ['personId', 'extraditionLimitation', 'asylumState', 'extensionUntil', 'order', 'agentOfState', 'reason'] as const;
type Detail = (typeof ALL)[number];

interface Told {
  readonly needed: readonly Detail[];
  readonly may?: readonly Detail[];
}

/** What each act is recorded with, and nothing else. */
const RECORDED_WITH = {
  ENTER_WARRANT: { needed: ['personId'], may: ['extraditionLimitation', 'asylumState'] }, ARREST: { needed: ['asylumState'] }, EXTEND_HOLD: { needed: ['extensionUntil', 'order'] }, WAIVE: { needed: [] },
  SEND_GOVERNOR_REQUEST: { needed: ['agentOfState'], may: ['asylumState'] }, SERVE_GOVERNOR_WARRANT: { needed: [] }, REFUSE: { needed: ['reason'] }, CHALLENGE: { needed: [] }, DENY_HABEAS: { needed: ['order'] }, GRANT_HABEAS: { needed: ['order'] },
  RETURN: { needed: [], may: ['agentOfState'] }, RELEASE: { needed: ['reason'] }, WITHDRAW: { needed: ['reason'] },
} as const satisfies Record<RenditionAct, Told>;

/** Throws BadInput where an act lacks what it is recorded with, or is given what belongs to another. */
export const refuseUntold = (input: RecordRenditionInput): void => refuseIncomplete<Detail>(input.act, RENDITION_LAW.citation, input, { all: ALL, ...RECORDED_WITH[input.act] });

/** Throws Conflict where an act is of an accused who is held and no arrest is on record, or an arrest is. */
export function refuseAtLarge(act: RenditionAct, { id, state, arrestOn }: RenditionKept): void {
  if (act === 'ARREST' && arrestOn !== null) throw conflict(`The arrest of ${arrestOn} is on record.`, { ...RENDITION_LAW, renditionId: id, state, arrestOn, remedy: 'Read the rendition again.' });
  if (ARRESTED_ONLY.has(act) && arrestOn === null) throw conflict(`${act} is of an accused who is arrested, and no arrest is on record.`, { ...RENDITION_LAW, renditionId: id, state, arrestOn, remedy: 'Record ARREST first.' });
}

/** The state where the accused is, as an act names it or as it is known. Throws BadInput for what is no state, the one that prosecutes, or another than where the accused is held. */
export function stateAsked(subject: CaseSeen, { act, asylumState }: RecordRenditionInput, known: RenditionKept | null): string | null {
  if (asylumState == null) {
    if (act === 'SEND_GOVERNOR_REQUEST' && known?.asylumState == null) throw badInput('asylumState', 'No state is on record where the accused is.', 'Name the state whose Governor is asked.');
    return known?.asylumState ?? null;
  }
  const letters = asylumState.trim().toUpperCase();
  if (!isState(letters)) throw badInput('asylumState', 'This is no state.', 'Give its two letters.');
  if (letters === subject.state) throw badInput('asylumState', 'This is the state that prosecutes.', 'Nobody is asked to deliver who is here.');
  const isFixed = known?.arrestOn != null || act === 'ARREST' && known?.governorRequestOn != null;
  if (isFixed && letters !== known?.asylumState) throw badInput('asylumState', `${known?.asylumState ?? 'Another state'} is on record.`, 'Where the accused is in yet another state, withdraw this rendition and begin another.');
  return letters;
}

/** A hold as a court extends it. Throws BadInput where that is no later than it ran, or later than the rule on file allows (Uniform Criminal Extradition Act 17, from memory, not verified). */
export async function extended(moment: Moment, known: RenditionKept, input: RecordRenditionInput, on: Day): Promise<Partial<RenditionKept>> {
  const { arrestOn, asylumState } = known;
  const extensionUntil = dayText(input.extensionUntil);
  const law = arrestOn === null || asylumState === null ? undefined : await renditionLaw(moment, asylumState);
  const expiresOn = law === undefined || arrestOn === null ? arrestOn : plusDays(arrestOn, law.body.holdDays);
  const runsUntil = known.extensionUntil ?? expiresOn ?? on;
  notBefore('extensionUntil', extensionUntil, ['the order', on]);
  if (extensionUntil <= runsUntil) throw badInput('extensionUntil', `The hold runs until ${runsUntil} without this.`, 'Give a later day.');
  if (law !== undefined && expiresOn !== null) {
    const last = plusDays(expiresOn, law.body.extensionDays);
    if (extensionUntil > last) {
      throw badInput('extensionUntil', `A hold is extended by ${law.body.extensionDays} days at most, here to ${last} (${law.citation ?? HOLD_LAW.rule}; not verified by counsel).`, 'Correct the day; or have counsel correct the rule, with comity law load.');
    }
  }
  return { extensionUntil, extendedOn: on, extensionOrder: sentence('order', input.order ?? '') };
}
