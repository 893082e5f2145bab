import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, Reply, World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

export const CHARGE = `id counts offenceOn offenceUntil offenceDays level state statute { citation } version { id level } warnings { code }
  levelNamings { level reason namedBy { name } } lesserOf { id state } alternativeTo { id } lessers { id state } alternatives { id }
  relations { relation other { id } reason relatedBy { name } endedBy { name } endedAt endedBecause }`;
const VIEW = `query ($id: ID) { case(id: $id) { version level charges { ${CHARGE} } events(first: 100) { nodes { act body } } } }`;

/** Charging as one world's cast does it. */
export function charging(world: World) {
  const document = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
  const ask = (who: CastMember, field: string, input: Json, selection = `charge { ${CHARGE} } case { version level }`): Promise<Reply> => world.as(who).ask(document(field, selection), { input });
  async function tell(who: CastMember, field: string, input: Json, selection?: string) {
    const { data, errors } = await ask(who, field, input, selection);
    if (errors || !data) throw new Error(`${field} was refused: ${JSON.stringify(errors)}`);
    return data[field];
  }
  const statute = async (citation: string): Promise<string> => String((await world.database.owner`select id from comity.statutes where citation = ${citation}`)[0]?.['id']);
  const proposal = async ({ id, personIds }: BuiltCase, more: Json = {}): Promise<Json> => ({ caseId: id, personId: personIds[0], statuteId: await statute('Tex. Penal Code 22.01'), counts: 1, ...more });
  return {
    ask, tell, statute, proposal,
    claimed: (referral: Json = {}) => world.buildCase({ claimedBy: 'attorneyDallas', referral }),
    view: async (who: CastMember, { id }: { readonly id: string }) => (await world.as(who).get(VIEW, { id }))['case'],
    /** The refusal: its code, message and what else it says. */
    async refusal(who: CastMember, field: string, input: Json, selection?: string): Promise<Record<string, any>> {
      const { errors } = await ask(who, field, input, selection);
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    propose: async (who: CastMember, built: BuiltCase, more?: Json) => (await tell(who, 'proposeCharge', await proposal(built, more))).charge,
    /** A statute of Texas that nobody enacted, with a text for each period. */
    async invented(section: string, periods: readonly (readonly [from: string | null, to: string | null])[], { level = 'FELONY' }: { level?: string } = {}) {
      const { owner } = world.database;
      const statuteId = newId();
      await owner`insert into comity.statutes (id, state, code, citation, title, tags, keywords) values (${statuteId}, 'TX', 'TEX_PENAL', ${`Tex. Penal Code ${section}`}, 'Invented', '{}', '')`;
      const versionIds: string[] = [];
      for (const [from, to] of periods) {
        const id = newId();
        versionIds.push(id);
        await owner`insert into comity.statute_versions (id, statute_id, valid_from, valid_to, class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence)
          values (${id}, ${statuteId}, ${from}, ${to}, 'Class', ${level}, '[]', ${owner.json({ kind: 'NONE', startsAt: null, months: null, citation: '', note: '' })}, '', '', 'NO', '', 'LOW')`;
      }
      return { statuteId, versionIds };
    },
  };
}

/** Pins a charge to a text of its statute that was in force long before, as if its period had been corrected since; answers the text that it was pinned to. */
export async function pinnedElsewhere({ database: { owner } }: World, chargeId: string): Promise<string> {
  const [row] = await owner`select statute_version_id as version from comity.charges where id = ${chargeId}`;
  const [version, before] = [String(row?.['version']), newId()];
  await owner`insert into comity.statute_versions select (jsonb_populate_record(v, jsonb_build_object('id', ${before}::text, 'valid_from', '1950-01-01', 'valid_to', '1950-12-31'))).* from comity.statute_versions v where v.id = ${version}
      and not exists (select 1 from comity.statute_versions e where e.statute_id = v.statute_id and e.valid_from = '1950-01-01')`;
  await owner`update comity.charges h set statute_version_id = e.id from comity.statute_versions e where h.id = ${chargeId} and e.statute_id = h.statute_id and e.valid_from = '1950-01-01'`;
  return version;
}
