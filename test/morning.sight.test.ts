import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from '../src/access/context.ts';
import { FACETS } from '../src/access/facets.ts';
import { COALITION_VIEWER } from '../src/access/seats.ts';
import { newId } from '../src/kernel/ids.ts';
import { chargedUnder } from './case-clocks.world.ts';
import { bookInForce, joined, restricted, sealed, transferred, walled } from './explain.world.ts';
import { incidentIn } from './policies.world.ts';
import { standing, withItem } from './returns.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let app: postgres.Sql;
beforeAll(async () => {
  world = await openWorld();
  app = postgres({ ...world.database.as('comity_app'), max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await app.end();
  await world.close();
});

/** An incident of Dallas whose shot was fired in Minneapolis, so that Hennepin is a candidate, too. */
const ACROSS = { incident: { ...incidentIn('48113').incident, latitude: 44.9778, longitude: -93.265 } };

/** What waits, of each sort, on a case of Dallas with a charge. */
async function furnished(referral: object = {}): Promise<BuiltCase> {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { ...referral } });
  await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
  await withItem(world, built, { state: 'DISPUTED' });
  await standing(world, built, 'ACCEPTED', true);
  await world.database.owner`update comity.case_referrals set declination_disputed_at = now() where case_id = ${built.id}`;
  return built;
}

const contested = async ({ id }: BuiltCase, state: 'OPEN' | 'DENIED' | 'DECISION_RECORDED') => {
  const isDecided = state === 'DECISION_RECORDED';
  const given = (value: string) => (isDecided ? value : null);
  await world.database.owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at, court, docket_number, ordered_on, decided_for, document, document_sha256, recorded_by, recorded_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${world.officeIds['hennepin-mn']}, ${world.officeIds['dallas-tx']}, '{ELEMENT}', 'It began there.', ${state}, ${world.memberIds.supervisorHennepin}, now(),
      ${given('Invented Court')}, ${given('1')}, ${given('2026-04-01')}, ${given('LEAD')}, ${given('File 2')}, ${given('ab'.repeat(32))}, ${given(world.memberIds.supervisorHennepin)}, ${given('2026-04-02T00:00:00Z')})`;
};
const glassUsed = async ({ id }: BuiltCase, who: 'supervisorDallas' | 'recordsDallas' | 'intakeDallas' | 'secondDallas') => {
  await world.database.owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${world.memberIds[who]}, ${world.officeIds['dallas-tx']}, 'Night duty.', now(), now() + interval '4 hours', now() + interval '3 days')`;
  await world.database.owner`select comity.compute_sight(${id})`;
};
const onTeam = async ({ id }: BuiltCase, who: CastMember) => {
  await world.database.owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, until, assigned_by) values (${id}, ${newId()}, ${FACETS.OFFICE}, ${world.memberIds[who]}, 'TRIAL', now(), null, ${world.memberIds.attorneyDallas})`;
  await world.database.owner`select comity.compute_sight(${id})`;
};

const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
  'the seat of its lead alone': () => furnished(),
  'a venue that another has claimed': () => furnished(ACROSS),
  'a claim that a candidate contests': async () => contested(await furnished(ACROSS), 'OPEN'),
  'a contest that a court is asked about': async () => contested(await furnished(ACROSS), 'DENIED'),
  'a contest that a court decided for the lead': async () => contested(await furnished(ACROSS), 'DECISION_RECORDED'),
  'a case that nobody leads yet': async () => standing(world, await world.buildCase({ referral: ACROSS }), 'SUBMITTED', true),
  'a case that nobody holds the county of': async () => standing(world, await world.buildCase({ referral: incidentIn('48001') }), 'SUBMITTED', true),
  'a place on the team': async () => onTeam(await furnished(), 'recordsDallas'),
  'a part in it, and a place on the team of that': async () => {
    const built = await furnished();
    await joined(world, built, 'cook-il', ['SUMMARY', 'CHARGES', 'REPORT']);
    await onTeam(built, 'attorneyCook');
  },
  'an invitation of another to a venue that a third has': async () => joined(world, await furnished(ACROSS), 'cook-il', ['SUMMARY'], 'INVITED'),
  'an offer to another of a venue that a third has': async () => transferred(world, await furnished(ACROSS), ['dallas-tx', 'cook-il'], 'NONE', 'PROPOSED'),
  'an invitation': async () => joined(world, await furnished(), 'cook-il', ['SUMMARY'], 'INVITED'),
  'an offer': async () => transferred(world, await furnished(), ['dallas-tx', 'hennepin-mn'], 'NONE', 'PROPOSED'),
  'what a former lead keeps': async () => transferred(world, await furnished(), ['dallas-tx', 'hennepin-mn'], 'READ', 'ACCEPTED'),
  'a broken glass': async () => glassUsed(await furnished(), 'recordsDallas'),
  'a broken glass of a case that is kept to a unit': async () => {
    const built = await furnished();
    await restricted(world, built, 'secondDallas');
    await glassUsed(built, 'supervisorDallas');
  },
  'a broken glass of a case that has left the office': async () => {
    const built = await furnished();
    await glassUsed(built, 'intakeDallas');
    await transferred(world, built, ['dallas-tx', 'hennepin-mn'], 'NONE', 'ACCEPTED');
  },
  'a broken glass of a case behind a wall around the office': async () => {
    const built = await furnished();
    await glassUsed(built, 'secondDallas');
    await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
      values (${built.id}, ${newId()}, ${FACETS.OFFICE}, 'OFFICE', ${world.officeIds['dallas-tx']}, 'FAMILY', 'A sibling.', '{CONFLICTS}', ${world.memberIds.electedDallas}, now())`;
    await world.database.owner`select comity.compute_sight(${built.id})`;
  },
  'a wall around one': async () => walled(world, await furnished(), 'secondDallas'),
  'a seal': async () => sealed(world, await furnished(), FACETS.CHARGES | FACETS.REPORT, ['electedDallas']),
  'a rule for another office': () => bookInForce(world, 'dallas-tx', { sharing: [{ audience: world.officeIds['cook-il'], facets: ['SUMMARY', 'CHARGES'] }] }),
  'a rule for the coalition': () => bookInForce(world, 'dallas-tx', { sharing: [{ audience: COALITION_VIEWER, facets: ['SUMMARY', 'REPORT', 'PROCEEDINGS'] }] }),
};

const LISTS = {
  waiting: ['kind id', `select w.kind || ' ' || w.id as key from comity.waiting w where w.kind <> 'BREAK_GLASS' or w.author_id = comity.member()
    or (select m.role in ('SUPERVISOR', 'ELECTED') from comity.members m where m.id = comity.member()) order by w.since, w.case_id, w.id`],
  charges: ['id', 'select id::text as key from comity.charges order by proposed_at desc, case_id desc, id desc'],
  unassessedElements: ['position charge { id }', `select e.charge_id || ' ' || e.position as key from comity.proof_elements e order by e.proposed_at desc, e.case_id desc, e.charge_id desc, e.position`],
} as const;
type List = keyof typeof LISTS;
const READERS = ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'recordsDallas', 'conflictsDallas', 'attorneyHennepin', 'supervisorHennepin', 'attorneyCook', 'administrator'] as const satisfies readonly CastMember[];

const keyOf = (list: List, node: Record<string, any>): string => ({ waiting: `${node['kind']} ${node['id']}`, charges: String(node['id']), unassessedElements: `${node['charge']?.id} ${node['position']}` })[list];

async function listed(who: CastMember, list: List): Promise<string[]> {
  const keys: string[] = [];
  for (let after: string | null = null; ;) {
    const { [list]: page }: Record<string, any> = await world.as(who).get(`query ($after: String) { ${list}(first: 7, after: $after) { totalCount nodes { ${LISTS[list][0]} } pageInfo { hasNextPage endCursor } } }`, { after });
    keys.push(...page.nodes.map((node: Record<string, any>) => keyOf(list, node)));
    if (!page.pageInfo.hasNextPage) {
      expect(page.totalCount).toBe(keys.length);
      return keys;
    }
    after = page.pageInfo.endCursor;
  }
}

async function shown(who: CastMember, list: List): Promise<string[]> {
  const { text, values } = enter(world.memberIds[who], '', { purpose: null, underGlass: true });
  return app.begin(async (tx) => {
    await tx.unsafe(text, [...values] as string[]);
    return (await tx.unsafe(LISTS[list][1])).map(({ key }) => String(key));
  });
}

describe.each(Object.entries(WAYS))('after %s', (_way, open) => {
  beforeAll(async () => void (await open()));
  test.each(READERS)('%s is shown on each list what the row policies show, in its order', async (who) => {
    for (const list of ['waiting', 'charges', 'unassessedElements'] as const) expect(await listed(who, list), list).toEqual(await shown(who, list));
  });
});
