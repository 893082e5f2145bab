import { z } from 'zod';
import { statement, type Answer, type Statement } from '../database/statement.ts';
import { conflict, notFound, only } from '../kernel/errors.ts';
import { PACK, PACKS } from './pack.store.ts';
import type { PackState } from './pack.table.ts';
import type { Problem } from './problem.ts';
import { readinessGaps, type Pack } from './readiness.ts';
import type { Judged } from './readiness.checks.ts';
import type { ReadinessPackPreview } from './readiness.type.ts';

/** A thousand packets are read: that may take longer than a request otherwise may. */
export const PATIENTLY: readonly Statement[] = [statement(`select set_config('statement_timeout', '30s', true)`)];

/** How many packets are judged. */
const MOST = 1_000;
const SAMPLES = 5;

// Of each packet no more than the checks look at: neither the narrative nor what anybody is called leaves the database.
const JUDGED = `select json_agg(json_build_object('id', r.id, 'attested', r.attestation_id is not null, 'referral',
      d.body #- '{supervisorIdentification,note}' #- '{emergencyMedical,note}' || jsonb_build_object(
        'narrative', left(regexp_replace(d.body ->> 'narrative', '^\\s+', ''), 1),
        'allegedOffences', jsonb_path_query_array(d.body, '$.allegedOffences[*] ? (@ like_regex "\\\\S")') -> 0,
        'recordings', (select jsonb_agg(jsonb_build_object('kind', x -> 'kind', 'device', x -> 'device', 'capturedFrom', x -> 'capturedFrom', 'sha256', x -> 'sha256')) from jsonb_array_elements(d.body -> 'recordings') x),
        'persons', (select jsonb_agg(jsonb_build_object('part', x -> 'part', 'minorAtIncident', x -> 'minorAtIncident', 'contact',
            jsonb_build_object('phone', case when jsonb_path_exists(x, '$.contact.keyvalue() ? (@.key != "disclosureRefused").value ? (@ like_regex "\\\\S")') then 'given' end)))
          from jsonb_array_elements(d.body -> 'persons') x))) order by r.submitted_at desc, r.id desc)
    from (select * from comity.referrals where agency_id = comity.agency_id() and submitted_at >= statement_timestamp() - interval '90 days' order by submitted_at desc, id desc limit ${MOST + 1}) r
    join comity.referral_packets k on k.referral_id = r.id cross join lateral (select k.document::jsonb as body offset 0) d`;

/** Asks for a pack, for the packs in force beside it, and for the actor's own agency's packets of the last 90 days. */
export const previewed = (packId: string): Statement =>
  statement(`select to_json(statement_timestamp() - interval '90 days') #>> '{}' as since,
    (select json_build_object('state', p.state, 'pack', ${PACK}) from comity.readiness_packs p where p.id = $1::uuid)::text as asked,
    (${PACKS.replace('$1::uuid', 'comity.agency_id()')}) as packs, (${JUDGED})::text as packets`, [packId]);

const Packets = z.array(z.object({
  id: z.string(), attested: z.boolean(),
  referral: z.looseObject({ narrative: z.string(), allegedOffences: z.string().nullable().transform((first) => (first === null ? [] : [first])) }),
}));

/** What `previewed` answered, judged. Throws NotFound where the actor does not see the pack, Conflict where it is never adopted again. */
export function previewOf({ rows }: Answer): ReadinessPackPreview {
  const row = only(rows);
  if (row['asked'] === null) throw notFound();
  const { state, pack } = JSON.parse(String(row['asked'])) as { state: PackState; pack: Pack };
  if (state === 'SUPERSEDED' || state === 'WITHDRAWN') throw conflict('This pack is never adopted again. Draft a new one.', { state });
  const packs = JSON.parse(String(row['packs'])) as Pack[];
  const packets = row['packets'] === null ? [] : Packets.parse(JSON.parse(String(row['packets'])));
  return { since: String(row['since']), ...compared(packets as unknown as readonly Packet[], packs, withAdopted(packs, pack)) };
}

/** The packs in force, were this one adopted now: it replaces the versions of its directive that begin on its first day or later. */
const withAdopted = (packs: readonly Pack[], pack: Pack): Pack[] =>
  [...packs.filter(({ slug, everyAgency, validFrom }) => slug !== pack.slug || everyAgency !== pack.everyAgency || validFrom < pack.validFrom), pack];

type Packet = Judged & { readonly id: string };

function compared(packets: readonly Packet[], before: readonly Pack[], after: readonly Pack[]): Omit<ReadinessPackPreview, 'since'> {
  const judged = packets.slice(0, MOST).map((packet) => ({ id: packet.id, before: gaps(packet, before), after: gaps(packet, after) }));
  const refused = (problems: readonly Problem[]) => problems.some(({ severity }) => severity === 'ERROR');
  const sampled = (holds: (each: (typeof judged)[number]) => boolean) => judged.filter(holds).slice(0, SAMPLES).map(({ id }) => id);
  const names = [...new Set(judged.flatMap((each) => [...each.before, ...each.after].map(({ requirement }) => String(requirement))))].sort();
  const count = (side: 'before' | 'after', name: string, isError: boolean) =>
    judged.filter((each) => each[side].some(({ requirement, severity }) => requirement === name && (severity === 'ERROR') === isError)).length;
  return {
    judged: judged.length, judgedCapped: packets.length > MOST,
    refusedBefore: judged.filter((each) => refused(each.before)).length, refusedAfter: judged.filter((each) => refused(each.after)).length,
    requirements: names.map((requirement) => ({
      requirement, refusedBefore: count('before', requirement, true), refusedAfter: count('after', requirement, true),
      warnedBefore: count('before', requirement, false), warnedAfter: count('after', requirement, false),
    })),
    newlyRefusedIds: sampled((each) => !refused(each.before) && refused(each.after)),
    newlyWarnedIds: sampled((each) => !refused(each.after) && each.after.some(({ code }) => !each.before.some((known) => known.code === code))),
    noLongerRefusedIds: sampled((each) => refused(each.before) && !refused(each.after)),
  };
}

const gaps = (packet: Packet, packs: readonly Pack[]): Problem[] => readinessGaps(packet, packs).filter(({ requirement }) => requirement !== null);
