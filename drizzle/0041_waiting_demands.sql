-- What is demanded waits, too: of whoever it was served on, or of a court. Locks external_demands against writes while its index is built, and
-- writes each demand once. Way back: as comity_owner drop the view waiting and make it as in 0038, drop the trigger external_demands_wait, the
-- index and the column; as comity_definer drop keep_waiting.
ALTER TABLE "comity"."external_demands" ADD COLUMN "waits_since" timestamp(6) with time zone;--> statement-breakpoint
CREATE INDEX "external_demands_waiting" ON "comity"."external_demands" USING btree ("waits_since","case_id","id") WHERE "comity"."external_demands"."waits_since" is not null;--> statement-breakpoint
-- By hand:
grant update (waits_since) on comity.external_demands to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- Since when somebody is awaited: from its service until it is answered, from then until what was promised arrives, from a suit until the
-- court's word, and from an order until it is obeyed. A preservation that was answered waits for nothing more. See isAwaitable in
-- src/demands/demand.rules.ts.
create function comity.keep_waiting() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  new.waits_since := case
    when new.state in ('SERVED', 'ACKNOWLEDGED', 'GRANTED', 'PARTIAL', 'SUIT_FILED', 'ORDERED') and new.lifted_on is null
      and not (new.regime = 'PRESERVATION_LETTER' and new.answered_on is not null)
    then coalesce(case new.state when 'GRANTED' then new.answered_on when 'SUIT_FILED' then new.suit_filed_on when 'ORDERED' then new.suit_decided_on end, new.served_on)::timestamp
      at time zone coalesce((select j.time_zone from comity.jurisdictions j where j.id = new.office_id), 'UTC') end;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.keep_waiting() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger external_demands_wait before insert or update on comity.external_demands for each row execute function comity.keep_waiting();--> statement-breakpoint
revoke execute on function comity.keep_waiting() from comity_owner;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
update comity.external_demands set waits_since = null where state not in ('DRAFT', 'WITHDRAWN');--> statement-breakpoint
set role comity_owner;--> statement-breakpoint

-- As before, with what is demanded, and of whom.
create or replace view comity.waiting with (security_invoker = true) as
  (select case i.state when 'DISPUTED' then 'RETURN_DISPUTE' else 'RETURN_ITEM' end as kind, i.id, i.case_id, i.state_since as since, i.due_on,
      case i.state when 'DISPUTED' then 'OFFICE' else 'AGENCY' end as awaits, case i.state when 'DISPUTED' then i.office_id end as office_id, i.agency_id, null::uuid as author_id, null::text as holder
    from comity.return_items i where i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') order by i.state_since, i.case_id, i.id)
  union all
  (select 'WITHDRAWAL_REQUEST'::text, l.referral_id, l.case_id, l.withdrawal_asked_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid, null::text
    from comity.case_referrals l where l.withdrawal_asked_at is not null order by l.withdrawal_asked_at, l.case_id, l.referral_id)
  union all
  (select 'DECLINATION_DISPUTE'::text, l.referral_id, l.case_id, l.declination_disputed_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid, null::text
    from comity.case_referrals l where l.declination_disputed_at is not null order by l.declination_disputed_at, l.case_id, l.referral_id)
  union all
  (select 'DECISION'::text, d.id, d.case_id, d.proposed_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = d.case_id), null::uuid, d.proposed_by, null::text
    from comity.decisions d where d.state = 'PROPOSED' order by d.proposed_at, d.case_id, d.id)
  union all
  (select 'IMMUNITY_ANALYSIS'::text, a.id, a.case_id, a.drafted_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = a.case_id), null::uuid, a.drafted_by, null::text
    from comity.immunity_analyses a where a.state = 'DRAFTED' order by a.drafted_at, a.case_id, a.id)
  union all
  (select 'INVITATION'::text, r.id, r.case_id, r.invited_at, null::date, 'OFFICE'::text, r.jurisdiction_id, null::uuid, r.invited_by, null::text
    from comity.responsibilities r where r.state = 'INVITED' and statement_timestamp() < r.until order by r.invited_at, r.case_id, r.id)
  union all
  (select 'TRANSFER'::text, t.id, t.case_id, t.proposed_at, null::date, 'OFFICE'::text, t.to_id, null::uuid, t.proposed_by, null::text
    from comity.transfers t where t.state = 'PROPOSED' order by t.proposed_at, t.case_id, t.id)
  union all
  (select 'VENUE_CONTEST'::text, v.id, v.case_id, v.contested_at, null::date, case v.state when 'DENIED' then 'COURT' else 'OFFICE' end,
      case v.state when 'OPEN' then v.lead_id when 'DECISION_RECORDED' then case v.decided_for when 'CONTESTANT' then v.lead_id else v.contestant_id end end, null::uuid, null::uuid, null::text
    from comity.venue_contests v where v.state in ('OPEN', 'DENIED', 'DECISION_RECORDED') order by v.contested_at, v.case_id, v.id)
  union all
  (select 'BREAK_GLASS'::text, u.id, u.case_id, u.since, (u.review_due_at at time zone (select j.time_zone from comity.jurisdictions j where j.id = u.office_id))::date,
      'OFFICE'::text, u.office_id, null::uuid, u.member_id, null::text
    from comity.glass_uses u where u.reviewed_at is null order by u.since, u.case_id, u.id)
  union all
  (select 'DEMAND'::text, d.id, d.case_id, d.waits_since, case when d.state in ('SERVED', 'ACKNOWLEDGED') and d.answered_on is null then d.respond_by end,
      case d.state when 'SUIT_FILED' then 'COURT' else 'HOLDER' end, null::uuid, null::uuid, null::uuid, d.component
    from comity.external_demands d where d.waits_since is not null order by d.waits_since, d.case_id, d.id);
