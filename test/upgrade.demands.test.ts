import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { upgradedSince, type Upgraded } from './upgrade.world.ts';

const member = newId();

interface Demand {
  readonly state: string;
  readonly regime?: string;
  readonly needs?: number;
  readonly ordered?: true;
  /** Each item's state, with an exclamation mark where it arrived. */
  readonly items: readonly string[];
}

/** A case of an invented office with demands as they stood, each by its name in `component`. */
async function stood(owner: Upgraded['owner'], demands: Readonly<Record<string, Demand>>): Promise<string> {
  const [office, agency, caseId] = [newId(), newId(), newId()];
  await owner.unsafe(`
    insert into comity.jurisdictions (id, slug, name, prefix, state, standing, office_title, office_kind, time_zone, trial_court, federal_district, federal_district_id, charging_instruments, handles_levels, source, confidence)
    values ('${office}', 'invented', 'Invented office', 'INV', 'MN', 'MEMBER', 'County Attorney', 'COUNTY_ATTORNEY', 'America/Chicago', 'District Court', 'District of Minnesota', 'mnd', '{}', '{}', 'invented', 'LOW');
    insert into comity.agencies (id, slug, name, kind, state) values ('${agency}', 'invented', 'Invented police', 'MUNICIPAL_POLICE', 'MN');
    insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, received_at, needs)
    values ('${caseId}', 'INV-1', '${agency}', '${office}', 'MN', '27053', '2026-03-14', 'FORCE', 'CLAIMED', '${office}', now(), 1)`);
  for (const [name, { state, regime = 'DHS_TOUHY', needs = 64, ordered, items }] of Object.entries(demands)) {
    const [id, isSued] = [newId(), ordered === true || state === 'SUIT_FILED'];
    await owner`insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed, respond_by, answered_on, suit_court, suit_docket, suit_filed_on, suit_decided_on, suit_order)
      values (${caseId}, ${id}, ${needs}, ${office}, ${regime}, ${name}, 'x', ${state}, ${member}, '2026-03-19T12:00:00Z', '2026-03-20', 'MAIL', 'x', '{}', '2026-04-20', '2026-04-01',
        ${isSued ? 'A court' : null}, ${isSued ? '26-cv-1' : null}, ${isSued ? '2026-05-01' : null}, ${ordered === true ? '2026-05-20' : null}, ${ordered === true ? 'An order.' : null})`;
    for (const [at, item] of items.entries()) {
      const [itemState, isReceived] = [item.replace('!', ''), item.endsWith('!')];
      await owner`insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, state, answered_on, ground, received_on, production_reference)
        values (${caseId}, ${newId()}, ${needs}, ${id}, ${at + 1}, 'OTHER', 'x', 'x', ${itemState}, ${itemState === 'ASKED' ? null : '2026-04-01'}, ${itemState === 'PARTIAL' || itemState === 'WITHHELD' ? 'CLASSIFIED' : null}, ${isReceived ? '2026-04-02' : null}, ${isReceived ? `P-${at + 1}` : null})`;
    }
  }
  return caseId;
}

describe('before entries were kept', () => {
  let upgraded: Upgraded;
  beforeAll(async () => {
    upgraded = await upgradedSince('demand_entries', async (owner) => void await stood(owner, {
      unanswered: { state: 'PRODUCTION_RECEIVED', items: ['PRODUCED!', 'ASKED'] }, promised: { state: 'PRODUCTION_RECEIVED', items: ['PRODUCED!', 'PRODUCED'] }, complete: { state: 'PRODUCTION_RECEIVED', items: ['PARTIAL!', 'WITHHELD'] },
      ordered: { state: 'PRODUCTION_RECEIVED', ordered: true, items: ['PRODUCED!', 'PARTIAL'] }, denied: { state: 'DENIED', items: ['WITHHELD'] },
    }));
  }, 120_000);
  afterAll(() => upgraded.close());

  test.each([
    ['unanswered', 'PARTIAL', ['ANSWERED PRODUCED 2026-04-01', 'RECEIVED P-1 2026-04-02']], ['promised', 'GRANTED', ['ANSWERED PRODUCED 2026-04-01', 'ANSWERED PRODUCED 2026-04-01', 'RECEIVED P-1 2026-04-02']],
    ['complete', 'PRODUCTION_RECEIVED', ['ANSWERED PARTIAL 2026-04-01', 'ANSWERED WITHHELD 2026-04-01', 'RECEIVED P-1 2026-04-02']],
    ['ordered', 'ORDERED', ['ANSWERED PARTIAL 2026-04-01', 'ANSWERED PRODUCED 2026-04-01', 'RECEIVED P-1 2026-04-02', 'SUIT_DECIDED An order. 2026-05-20', 'SUIT_FILED 26-cv-1 2026-05-01']],
    ['denied', 'DENIED', ['ANSWERED WITHHELD 2026-04-01']],
  ] as const)('a demand of which the rest was %s is %s, with what was said of it', async (name, state, entries) => {
    const [row] = await upgraded.owner`select d.state, array(select e.kind || ' ' || coalesce(e.answer, e.reference, e."order") || ' ' || e.day || case when e.recorded_by = ${member} and e.needs = d.needs then '' else '?' end
        from comity.demand_entries e where e.demand_id = d.id order by 1) as entries from comity.external_demands d where d.component = ${name}`;
    expect(row).toEqual({ state, entries });
  });
});

describe('before what was kept went into a compartment and out of it', () => {
  let upgraded: Upgraded;
  beforeAll(async () => {
    upgraded = await upgradedSince('demand_rest', async (owner) => {
      const caseId = await stood(owner, {
        placed: { state: 'PARTIAL', needs: 64 | 16_384, items: ['PARTIAL'] }, released: { state: 'PARTIAL', items: ['PARTIAL'] }, letter: { state: 'SUIT_FILED', regime: 'PRESERVATION_LETTER', items: ['WITHHELD'] }, kept: { state: 'GRANTED', regime: 'PRESERVATION_LETTER', items: ['PRODUCED'] },
      });
      for (const [name, needs] of [['placed', 64], ['released', 64 | 16_384]] as const) {
        await owner`insert into comity.demand_entries (case_id, id, needs, demand_id, item_id, kind, day, answer, recorded_by, recorded_at)
          select i.case_id, gen_random_uuid(), ${needs}, d.id, i.id, 'ANSWERED', '2026-04-01', 'PARTIAL', ${member}, now() from comity.external_demands d join comity.demand_items i on i.demand_id = d.id where d.case_id = ${caseId} and d.component = ${name}`;
      }
    });
  }, 120_000);
  afterAll(() => upgraded.close());

  test('it is where its demand is by now', async () => {
    const rows = await upgraded.owner`select d.component as name, e.needs from comity.demand_entries e join comity.external_demands d on d.id = e.demand_id order by 1`;
    expect([...rows]).toEqual([{ name: 'placed', needs: 64 | 16_384 }, { name: 'released', needs: 64 }]);
  });

  test('a preservation letter that was answered waits for the court that was asked, and otherwise for nobody', async () => {
    const rows = await upgraded.owner`select component as name, waits_since as since from comity.external_demands where regime = 'PRESERVATION_LETTER' order by 1`;
    expect([...rows]).toEqual([{ name: 'kept', since: null }, { name: 'letter', since: new Date('2026-05-01T05:00:00Z') }]);
  });
});
