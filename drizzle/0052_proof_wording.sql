-- Proof is of a wording: a link, an assessment and a demanded thing keep the element as it read when they were said, and follow that wording to
-- where it stands in a text that is corrected; what is of a wording that no text has any more is listed as that. And a victim may want no notices,
-- which is kept among the notices. Writes every standing row of proof_links, element_assessments and demand_items, and locks those tables meanwhile,
-- and victim_notices while its checks are made anew. A standing row is taken to be about what stands at its place today; a row whose place is gone
-- says so. Way back: as comity_owner the view proof_gaps as in 0021, drop the view proof_earlier, the triggers named _worded and _chosen and the columns,
-- the check of demand_items as in 0034 and of victim_notices as in 0024; as comity_definer drop keep_wording and check_notice_choice, make check_proof_link as in 0021 and
-- resting_on_text as in 0039.
ALTER TABLE "comity"."victim_notices" DROP CONSTRAINT "victim_notices_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."demand_items" DROP CONSTRAINT "demand_items_element_check";--> statement-breakpoint
ALTER TABLE "comity"."demand_items" ADD COLUMN "wording" text;--> statement-breakpoint
ALTER TABLE "comity"."element_assessments" ADD COLUMN "wording" text;--> statement-breakpoint
ALTER TABLE "comity"."proof_links" ADD COLUMN "wording" text;--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD CONSTRAINT "victim_notices_choice_check" CHECK ("comity"."victim_notices"."kind" not in ('OPT_OUT', 'OPT_IN') or ("comity"."victim_notices"."decision_id" is null and "comity"."victim_notices"."method" <> 'NOT_REACHED'));--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD CONSTRAINT "victim_notices_kind_check" CHECK ("comity"."victim_notices"."kind" in ('CHARGED', 'DECLINED', 'RIGHTS_FORM', 'DISPOSITION', 'RELEASE', 'PLEA', 'COURT_DATES', 'OPT_OUT', 'OPT_IN'));--> statement-breakpoint
-- By hand:
grant select on comity.proof_links, comity.element_assessments, comity.demand_items to comity_definer;--> statement-breakpoint
grant update (wording) on comity.proof_links, comity.element_assessments, comity.demand_items to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- The element of a charge at this place as it reads today; null where there is none.
create function comity.keep_wording() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  new.wording := (select v.elements ->> (new.element - 1) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    where ch.case_id = new.case_id and ch.id = new.charge_id and new.element > 0);
  return new;
end $$;--> statement-breakpoint
update comity.proof_links l set wording = coalesce((select v.elements ->> (l.element - 1) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
  where ch.case_id = l.case_id and ch.id = l.charge_id), format('Element %s of an earlier text that was not kept', l.element));--> statement-breakpoint
update comity.element_assessments a set wording = coalesce((select v.elements ->> (a.element - 1) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
  where ch.case_id = a.case_id and ch.id = a.charge_id), format('Element %s of an earlier text that was not kept', a.element));--> statement-breakpoint
update comity.demand_items i set wording = coalesce((select v.elements ->> (i.element - 1) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
  where ch.case_id = i.case_id and ch.id = i.charge_id), format('Element %s of an earlier text that was not kept', i.element)) where i.charge_id is not null;--> statement-breakpoint

-- As before, and nobody says the same twice: while a link stands, its office makes no other of the same kind, source and element.
create or replace function comity.check_proof_link() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.linked_by = comity.member() and num_nonnulls(new.withdrawn_by, new.withdrawn_at) = 0 and new.needs & 528 = 528
        and new.element between 1 and (select jsonb_array_length(v.elements) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
          where ch.case_id = new.case_id and ch.id = new.charge_id)
        and not exists (select 1 from comity.proof_links l where l.case_id = new.case_id and l.charge_id = new.charge_id and l.wording = new.wording and l.office_id = new.office_id
          and l.source_kind = new.source_kind and l.source_id is not distinct from new.source_id and l.polarity = new.polarity and l.withdrawn_at is null)
      else old.withdrawn_at is null and new.withdrawn_by = comity.member() and new.withdrawn_at = statement_timestamp()
    end) is not true then
    raise exception 'proof is not linked or withdrawn so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- As before, and the proof in them: links that stand, what each reviewer holds, and how many of both are of a wording that the text does not have.
drop function comity.resting_on_text(uuid);--> statement-breakpoint
create function comity.resting_on_text(p_version uuid) returns table (charges bigint, clocks bigint, links bigint, assessments bigint, earlier bigint)
language sql stable security definer set search_path = comity, pg_catalog
begin atomic
  with standing as (select h.case_id, h.id, v.elements from comity.charges h join comity.cases c on c.id = h.case_id join comity.statute_versions v on v.id = h.statute_version_id
      where h.statute_version_id = p_version and h.state <> 'WITHDRAWN' and c.stage not in ('CLOSED', 'MERGED')),
    linked as (select s.elements ? l.wording as stands from standing s join comity.proof_links l on l.case_id = s.case_id and l.charge_id = s.id where l.withdrawn_at is null),
    held as (select distinct a.case_id, a.charge_id, a.reviewer_id, a.wording, s.elements ? a.wording as stands
      from standing s join comity.element_assessments a on a.case_id = s.case_id and a.charge_id = s.id)
  select (select count(*) from standing),
    (select count(*) from comity.clocks k join comity.cases c on c.id = k.case_id where k.version_id = p_version and k.superseded_at is null and c.stage not in ('CLOSED', 'MERGED')),
    (select count(*) from linked), (select count(*) from held), (select count(*) from linked where not stands) + (select count(*) from held where not stands);
end;--> statement-breakpoint
-- What a victim says of notices changes what stood: whoever wants none may want them again, and the other way about.
create function comity.check_notice_choice() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if coalesce((select n.kind from comity.victim_notices n where n.case_id = new.case_id and n.person_id = new.person_id and n.kind in ('OPT_OUT', 'OPT_IN')
      order by n.recorded_at desc, n.id desc limit 1), 'OPT_IN') = new.kind then
    raise exception 'a victim has said so last' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.resting_on_text(uuid), comity.keep_wording(), comity.check_notice_choice() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
revoke update (wording) on comity.proof_links, comity.element_assessments, comity.demand_items from comity_definer;--> statement-breakpoint
alter table comity.element_assessments alter column wording set not null;--> statement-breakpoint
alter table comity.proof_links alter column wording set not null;--> statement-breakpoint
alter table comity.demand_items add constraint demand_items_element_check check (num_nulls(charge_id, element, wording) in (0, 3));--> statement-breakpoint
-- Before those that check, by their names.
create trigger proof_links_worded before insert on comity.proof_links for each row execute function comity.keep_wording();--> statement-breakpoint
create trigger element_assessments_worded before insert on comity.element_assessments for each row execute function comity.keep_wording();--> statement-breakpoint
create trigger demand_items_worded before insert on comity.demand_items for each row execute function comity.keep_wording();--> statement-breakpoint
create trigger victim_notices_chosen before insert on comity.victim_notices for each row
  when (current_user = 'comity_app' and new.kind in ('OPT_OUT', 'OPT_IN')) execute function comity.check_notice_choice();--> statement-breakpoint
revoke execute on function comity.keep_wording(), comity.check_notice_choice() from comity_owner;--> statement-breakpoint

-- As before, by the wording.
create or replace view comity.proof_gaps with (security_invoker = true) as
  select e.case_id, e.charge_id, e.position, e.text, r.reviewer_id, held.verdict
    from comity.proof_elements e
    join (select distinct a.case_id, a.charge_id, a.reviewer_id from comity.element_assessments a) r on r.case_id = e.case_id and r.charge_id = e.charge_id
    left join lateral (
      select a.verdict from comity.element_assessments a
       where a.case_id = e.case_id and a.charge_id = e.charge_id and a.wording = e.text and a.reviewer_id = r.reviewer_id
       order by a.assessed_at desc, a.id desc limit 1) held on true
   where held.verdict is distinct from 'MET';--> statement-breakpoint
-- Of a live charge that the reader sees the wordings that its text does not have and that something the reader sees is about, each at the first place it had.
create view comity.proof_earlier with (security_invoker = true) as
  select said.case_id, said.charge_id, min(said.element) as position, said.wording as text
    from (select l.case_id, l.charge_id, l.element, l.wording from comity.proof_links l
      union all select a.case_id, a.charge_id, a.element, a.wording from comity.element_assessments a
      union all select i.case_id, i.charge_id, i.element, i.wording from comity.demand_items i where i.charge_id is not null) said
    join comity.charges ch on ch.case_id = said.case_id and ch.id = said.charge_id
    join comity.statute_versions v on v.id = ch.statute_version_id
   where ch.state <> 'WITHDRAWN' and not v.elements ? said.wording
   group by said.case_id, said.charge_id, said.wording;--> statement-breakpoint
grant select on comity.proof_earlier to comity_app;
