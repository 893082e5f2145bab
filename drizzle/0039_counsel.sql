-- Rules of the states that are counsel's own, and how much rests on a text or a rule. Locks state_rules for a moment, to add a column with a
-- constant (no row is rewritten). Way back: as comity_definer drop the functions resting_on_text and resting_on_rule, as comity_owner the column.
ALTER TABLE "comity"."state_rules" ADD COLUMN "origin" text DEFAULT 'SHIPPED' NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."state_rules" ADD CONSTRAINT "state_rules_origin" CHECK ("comity"."state_rules"."origin" in ('SHIPPED', 'COUNSEL'));--> statement-breakpoint
-- By hand:
set role comity_definer;--> statement-breakpoint
-- What rests on a text of law in cases that are not closed: charges that stand, and clocks that count today. Counts alone, for who loads the law.
create function comity.resting_on_text(p_version uuid) returns table (charges bigint, clocks bigint)
language sql stable security definer set search_path = comity, pg_catalog
begin atomic
  select (select count(*) from comity.charges h join comity.cases c on c.id = h.case_id where h.statute_version_id = p_version and h.state <> 'WITHDRAWN' and c.stage not in ('CLOSED', 'MERGED')),
    (select count(*) from comity.clocks k join comity.cases c on c.id = k.case_id where k.version_id = p_version and k.superseded_at is null and c.stage not in ('CLOSED', 'MERGED'));
end;--> statement-breakpoint

-- The same of a rule of the states: a rule on limitation or on instruments has the charges under its state's statutes, and the clocks of its
-- kind are those of the cases of its state. A rule for every state is asked for where a state has none of its own, or on top of it: all are counted.
create function comity.resting_on_rule(p_rule uuid) returns table (charges bigint, clocks bigint)
language sql stable security definer set search_path = comity, pg_catalog
begin atomic
  select (select count(*) from comity.charges h join comity.cases c on c.id = h.case_id join comity.statutes s on s.id = h.statute_id
      where r.kind in ('LIMITATION', 'CHARGING_INSTRUMENT') and r.state in (s.state, '*') and h.state <> 'WITHDRAWN' and c.stage not in ('CLOSED', 'MERGED')),
    (select count(*) from comity.clocks k join comity.cases c on c.id = k.case_id
        left join comity.statute_versions v on v.id = k.version_id left join comity.statutes s on s.id = v.statute_id
      where k.superseded_at is null and c.stage not in ('CLOSED', 'MERGED') and r.state in (coalesce(s.state, c.state), '*')
        and case r.kind
          when 'LIMITATION' then k.kind = 'LIMITATION'
          when 'BODY_CAMERA_RETENTION' then k.kind = 'CAMERA_RETENTION'
          when 'VICTIM_NOTICE' then k.kind = 'VICTIM_NOTICE' and k.aspect = r.body ->> 'kind'
          when 'FEDERAL_REMOVAL' then k.kind = 'REMOVAL_WINDOW'
          when 'EXTERNAL_DEMAND_REGIME' then k.kind = 'EXTERNAL_DEMAND'
          when 'SUPERSESSION' then k.kind in ('SUPERSESSION_HEARING', 'SUPERSESSION_DECISION')
          else false end)
    from comity.state_rules r where r.id = p_rule;
end;--> statement-breakpoint
grant execute on function comity.resting_on_text(uuid), comity.resting_on_rule(uuid) to comity_owner;--> statement-breakpoint
set role comity_owner;
