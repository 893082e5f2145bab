import { createHash } from 'node:crypto';
import { asc, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { Shown } from '../database/lookahead.ts';
import { many, one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight } from '../trail/act.ts';
import { caseShown } from './case.acts.ts';
import type { IdentifyPersonInput, WithdrawIdentificationInput } from './identification.inputs.ts';
import { identificationSeen, identificationWithdrawn, identified, personToIdentify, type NewIdentification } from './identification.store.ts';
import { personIdentifications } from './identification.table.ts';
import { persons } from './person.table.ts';
import { caseHeld, inTime, within } from './subject.ts';

/**
 * Says who an unidentified person of the case is. The person keeps its id, and so its charges and all that is said of it; what
 * was known before stays in view. Throws NotFound where the actor does not see the person, Forbidden where it is not the
 * actor's to identify, Conflict at the wrong stage, where the person bears a name already, or where the actor declared a relation to somebody of the case.
 */
export const identifyPerson = act('person:identify', async (moment, input: IdentifyPersonInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'person:identify');
  inTime(subject, 'prepare');
  const found = foundOut(input);
  const person = await personToIdentify(moment, subject, input.personId);
  if (person.isNamed) {
    throw person.identificationId === null
      ? conflict('This person was named when it was first recorded.', { personId: person.id, remedy: 'Say in a remark on the person what is wrong with the name.' })
      : conflict('This person is identified already.', { personId: person.id, identificationId: person.identificationId, remedy: 'Withdraw that identification first, if it was a mistake.' });
  }
  const [row] = (await moment.run(identified(subject.id, person.id, found))).rows;
  return {
    payload: {
      person: personShown(subject.id, person.id), identification: identificationShown(subject.id, found.id), case: caseShown(subject.id),
      conflicted: new Shown(({ given }) => many('Member', members, (member) => sql`${member.id} = any (${given(0)}::text::uuid[])`, (member) => [asc(member.name), asc(member.id)]), [String(row?.['conflicted'])]),
    },
    end: [
      record({ caseId: subject.id, act: 'PERSON_IDENTIFIED', needs: person.needs, body: { personId: person.id, identificationId: found.id, sha256: digestOf(found) } }),
      resight(subject.id),
    ],
  };
});

/** Withdraws a mistaken identification: the person is as it was before, and both stay in view. Throws as `identifyPerson` does, Conflict where it is withdrawn already. */
export const withdrawIdentification = act('person:identify', async (moment, input: WithdrawIdentificationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const { id, personId, needs, state } = await identificationSeen(moment, subject, input.identificationId);
  within(moment, subject, 'person:identify');
  inTime(subject, 'prepare');
  if (state === 'WITHDRAWN') throw conflict('This identification is withdrawn already.', { identificationId: id, state });
  await moment.run(identificationWithdrawn(subject.id, id, sentence('reason', input.reason)));
  return {
    payload: { person: personShown(subject.id, personId), identification: identificationShown(subject.id, id), case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'PERSON_IDENTIFICATION_WITHDRAWN', needs, body: { personId, identificationId: id } }), resight(subject.id)],
  };
});

function foundOut({ name: given, badge, agency, source, confidence }: IdentifyPersonInput): NewIdentification {
  const name = sentence('name', given, 200);
  if (!/\p{L}/u.test(name)) throw badInput('name', 'A name has letters.', 'Give the whole name of the person.');
  return {
    id: newId(), name, badge: badge == null ? null : sentence('badge', badge, 60), agency: agency == null ? null : sentence('agency', agency, 200), source: sentence('source', source), confidence,
  };
}

/** What the trail keeps of it: whoever has the words can tell whether they are the same. The id makes equal words differ. */
const digestOf = ({ id, name, badge, agency, source, confidence }: NewIdentification): string =>
  createHash('sha256').update(JSON.stringify([id, name, badge, agency, source, confidence])).digest('hex');

const personShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('Person', persons, (person) => sql`${person.caseId} = ${given(0)}::uuid and ${person.id} = ${given(1)}::uuid`), [caseId, id]);

const identificationShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('PersonIdentification', personIdentifications, (row) => sql`${row.caseId} = ${given(0)}::uuid and ${row.id} = ${given(1)}::uuid`), [caseId, id]);
