-- What an office asks every morning: what waits for whom, as one view over what is open of each kind; what is charged, by the time it was
-- proposed; and since when a dispute of a declination waits. Locks each table named below against writes while its index is built, and
-- case_referrals for its new column, of which it writes the rows whose dispute waits. Way back: as comity_owner drop the view waiting, make
-- proof_elements anew as in 0021, drop the trigger return_entries_disputed, the indexes and the column; as comity_definer drop keep_dispute.
ALTER TABLE "comity"."case_referrals" ADD COLUMN "declination_disputed_at" timestamp(6) with time zone;--> statement-breakpoint
CREATE INDEX "case_referrals_withdrawals" ON "comity"."case_referrals" USING btree ("withdrawal_asked_at","case_id","referral_id") WHERE withdrawal_asked_at is not null;--> statement-breakpoint
CREATE INDEX "case_referrals_disputes" ON "comity"."case_referrals" USING btree ("declination_disputed_at","case_id","referral_id") WHERE declination_disputed_at is not null;--> statement-breakpoint
CREATE INDEX "charges_by_time" ON "comity"."charges" USING btree ("proposed_at","case_id","id");--> statement-breakpoint
CREATE INDEX "decisions_waiting" ON "comity"."decisions" USING btree ("proposed_at","case_id","id") WHERE state = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "immunity_analyses_waiting" ON "comity"."immunity_analyses" USING btree ("drafted_at","case_id","id") WHERE state = 'DRAFTED';--> statement-breakpoint
CREATE INDEX "venue_contests_waiting" ON "comity"."venue_contests" USING btree ("contested_at","case_id","id") WHERE state in ('OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED');--> statement-breakpoint
CREATE INDEX "responsibilities_waiting" ON "comity"."responsibilities" USING btree ("invited_at","case_id","id") WHERE state = 'INVITED';--> statement-breakpoint
CREATE INDEX "transfers_waiting" ON "comity"."transfers" USING btree ("proposed_at","case_id","id") WHERE state = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "return_items_waiting" ON "comity"."return_items" USING btree ("state_since","case_id","id") WHERE state in ('REQUESTED', 'DISPUTED', 'OVERRULED');--> statement-breakpoint
CREATE INDEX "glass_uses_waiting" ON "comity"."glass_uses" USING btree ("since","case_id","id") WHERE reviewed_at is null;--> statement-breakpoint
-- By hand:
grant update (declination_disputed_at) on comity.case_referrals to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
update comity.case_referrals l set declination_disputed_at = e.at from comity.return_entries e
 where e.case_id = l.case_id and e.referral_id = l.referral_id and e.kind = 'DECLINATION_DISPUTED'
   and not exists (select 1 from comity.return_entries a where a.case_id = e.case_id and a.referral_id = e.referral_id and a.kind in ('DECLINATION_UPHELD', 'CASE_REOPENED'));--> statement-breakpoint

-- Since when a dispute of a declination waits, as the thread has it.
create function comity.keep_dispute() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.case_referrals l set declination_disputed_at = case new.kind when 'DECLINATION_DISPUTED' then new.at end
   where l.case_id = new.case_id and l.referral_id = new.referral_id;
  return null;
end $$;--> statement-breakpoint
grant execute on function comity.keep_dispute() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger return_entries_disputed after insert on comity.return_entries for each row
  when (new.kind in ('DECLINATION_DISPUTED', 'DECLINATION_UPHELD', 'CASE_REOPENED')) execute function comity.keep_dispute();--> statement-breakpoint
revoke execute on function comity.keep_dispute() from comity_owner;--> statement-breakpoint

-- What waits in the cases that the reader sees, each kind under the row policies of its own table. Each part is in the order of the whole,
-- along the index of its open rows, so that a page is merged of them and reads no further. `awaits` says whom: the agency, an office (which),
-- or a court. A contest that ended in an offer waits as that offer. A part for a further kind ends with the same order.
create view comity.waiting with (security_invoker = true) as
  (select case i.state when 'DISPUTED' then 'RETURN_DISPUTE' else 'RETURN_ITEM' end as kind, i.id, i.case_id, i.state_since as since, i.due_on,
      case i.state when 'DISPUTED' then 'OFFICE' else 'AGENCY' end as awaits, case i.state when 'DISPUTED' then i.office_id end as office_id, i.agency_id, null::uuid as author_id
    from comity.return_items i where i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') order by i.state_since, i.case_id, i.id)
  union all
  (select 'WITHDRAWAL_REQUEST'::text, l.referral_id, l.case_id, l.withdrawal_asked_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid
    from comity.case_referrals l where l.withdrawal_asked_at is not null order by l.withdrawal_asked_at, l.case_id, l.referral_id)
  union all
  (select 'DECLINATION_DISPUTE'::text, l.referral_id, l.case_id, l.declination_disputed_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid
    from comity.case_referrals l where l.declination_disputed_at is not null order by l.declination_disputed_at, l.case_id, l.referral_id)
  union all
  (select 'DECISION'::text, d.id, d.case_id, d.proposed_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = d.case_id), null::uuid, d.proposed_by
    from comity.decisions d where d.state = 'PROPOSED' order by d.proposed_at, d.case_id, d.id)
  union all
  (select 'IMMUNITY_ANALYSIS'::text, a.id, a.case_id, a.drafted_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = a.case_id), null::uuid, a.drafted_by
    from comity.immunity_analyses a where a.state = 'DRAFTED' order by a.drafted_at, a.case_id, a.id)
  union all
  (select 'INVITATION'::text, r.id, r.case_id, r.invited_at, null::date, 'OFFICE'::text, r.jurisdiction_id, null::uuid, r.invited_by
    from comity.responsibilities r where r.state = 'INVITED' and statement_timestamp() < r.until order by r.invited_at, r.case_id, r.id)
  union all
  (select 'TRANSFER'::text, t.id, t.case_id, t.proposed_at, null::date, 'OFFICE'::text, t.to_id, null::uuid, t.proposed_by
    from comity.transfers t where t.state = 'PROPOSED' order by t.proposed_at, t.case_id, t.id)
  union all
  (select 'VENUE_CONTEST'::text, v.id, v.case_id, v.contested_at, null::date, case v.state when 'DENIED' then 'COURT' else 'OFFICE' end,
      case v.state when 'OPEN' then v.lead_id when 'DECISION_RECORDED' then case v.decided_for when 'CONTESTANT' then v.lead_id else v.contestant_id end end, null::uuid, null::uuid
    from comity.venue_contests v where v.state in ('OPEN', 'DENIED', 'DECISION_RECORDED') order by v.contested_at, v.case_id, v.id)
  union all
  (select 'BREAK_GLASS'::text, u.id, u.case_id, u.since, (u.review_due_at at time zone (select j.time_zone from comity.jurisdictions j where j.id = u.office_id))::date,
      'OFFICE'::text, u.office_id, null::uuid, u.member_id
    from comity.glass_uses u where u.reviewed_at is null order by u.since, u.case_id, u.id);--> statement-breakpoint
grant select on comity.waiting to comity_app;--> statement-breakpoint

-- As before, and when each charge was proposed, under which statute.
create or replace view comity.proof_elements with (security_invoker = true) as
  select ch.case_id, ch.id as charge_id, e.position::integer as position, e.text, ch.proposed_at, ch.statute_id
    from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    cross join lateral jsonb_array_elements_text(v.elements) with ordinality as e (text, position)
   where ch.state <> 'WITHDRAWN';
