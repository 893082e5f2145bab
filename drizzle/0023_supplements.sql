-- What an agency adds to a sealed referral, document by document, each chained to the one before, and how the case keeps it; where a
-- referral came from (agency, unit, day) beside the case; what came of it, for its agency; and in the tables themselves who may
-- write the thread of a return. Locks recordings while its check is made anew (it is read through), persons, case_referrals, referrals
-- and return_items for a moment each; rows of case_referrals are written once. Way back: drop the triggers named below and the two new
-- tables; as comity_definer, drop the functions below and create compute_sight as in 0005; drop the new columns, and give
-- recordings_kind_check its words of 0001.
CREATE TABLE "comity"."case_supplements" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"referral_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"narrative" text,
	"supervisor_identification" jsonb,
	"signature" jsonb,
	"sha256" text NOT NULL,
	"submitted_at" timestamp(6) with time zone NOT NULL,
	"submitted_by" uuid NOT NULL,
	CONSTRAINT "case_supplements_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "case_supplements_needs_check" CHECK ("comity"."case_supplements"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_supplements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."referral_supplements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"referral_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"document" text NOT NULL,
	"previous_sha256" text NOT NULL,
	"sha256" text NOT NULL,
	"problems" jsonb NOT NULL,
	"submitted_at" timestamp(6) with time zone NOT NULL,
	"submitted_by" uuid NOT NULL,
	CONSTRAINT "referral_supplements_in_order" UNIQUE("referral_id","position"),
	CONSTRAINT "referral_supplements_key" UNIQUE("agency_id","key")
);
--> statement-breakpoint
ALTER TABLE "comity"."referral_supplements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."recordings" DROP CONSTRAINT "recordings_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."persons" ADD COLUMN "supplement_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."recordings" ADD COLUMN "supplement_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "agency_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "unit" text;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "received_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "comity"."referrals" ADD COLUMN "unit" text;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD COLUMN "return_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."case_supplements" ADD CONSTRAINT "case_supplements_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_supplements" ADD CONSTRAINT "case_supplements_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_supplements" ADD CONSTRAINT "case_supplements_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_supplements" ADD CONSTRAINT "case_supplements_submitted_by_members_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referral_supplements" ADD CONSTRAINT "referral_supplements_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referral_supplements" ADD CONSTRAINT "referral_supplements_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referral_supplements" ADD CONSTRAINT "referral_supplements_submitted_by_members_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_supplements_of_referral" ON "comity"."case_supplements" USING btree ("referral_id");--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD CONSTRAINT "case_referrals_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_referrals_of_agency" ON "comity"."case_referrals" USING btree ("agency_id","received_at");--> statement-breakpoint
ALTER TABLE "comity"."recordings" ADD CONSTRAINT "recordings_kind_check" CHECK ("comity"."recordings"."kind" in ('BODY_CAMERA', 'VEHICLE_CAMERA', 'FIXED_CAMERA', 'BYSTANDER', 'AUDIO', 'DOCUMENT', 'OTHER'));--> statement-breakpoint
CREATE POLICY "case_supplements_seen" ON "comity"."case_supplements" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_supplements.needs <> 0 and (case_supplements.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_supplements.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_supplements.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (case_supplements.needs <> 0 and (case_supplements.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_supplements.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_supplements.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "case_supplements_definer" ON "comity"."case_supplements" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "referral_supplements_own" ON "comity"."referral_supplements" AS PERMISSIVE FOR ALL TO "comity_app" USING (referral_supplements.agency_id = (select comity.agency_id())) WITH CHECK (referral_supplements.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "referral_supplements_definer" ON "comity"."referral_supplements" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.case_supplements force row level security;--> statement-breakpoint
alter table comity.referral_supplements force row level security;--> statement-breakpoint
-- Words about what happened, as the report: whoever is known by them stands in persons.
alter table comity.case_supplements add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
grant select on comity.case_supplements, comity.referral_supplements to comity_app;--> statement-breakpoint
grant select, insert on comity.case_supplements, comity.referral_supplements to comity_definer;--> statement-breakpoint
grant update (agency_id, unit, received_at) on comity.case_referrals to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
update comity.case_referrals l set agency_id = r.agency_id, received_at = r.submitted_at from comity.referrals r where r.id = l.referral_id;--> statement-breakpoint

-- The unit of a referral is what its sealed document says.
create function comity.keep_unit() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.referrals r set unit = new.document::json ->> 'unit' where r.id = new.referral_id;
  return null;
end $$;--> statement-breakpoint

-- Beside the case stands where its referral came from, whoever adds the row: offices count by it, and never read the referral.
create function comity.keep_origin() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  select r.agency_id, r.unit, r.submitted_at into new.agency_id, new.unit, new.received_at from comity.referrals r where r.id = new.referral_id;
  return new;
end $$;--> statement-breakpoint

-- Takes a supplement to a sealed referral: the agency's own document, and what of it the case keeps. Rows come ready made and
-- in our columns' names, as to receive_referral; whose referral it is, in which state, and what each row needs of a reader is judged
-- here. `answers` is what append_from_agency takes, or null. Nothing that stands is touched.
create function comity.supplement_referral(p_referral uuid, p jsonb) returns table (outcome text, supplement_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  known comity.idempotency_keys;
  c comity.cases;
  the_referral comity.referrals;
  last comity.referral_supplements;
  the_case uuid;
  the_supplement uuid := (p ->> 'id')::uuid;
  state_now text;
  hash_before text;
  hash_now text;
  arrived timestamptz := statement_timestamp();
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select * into the_referral from comity.referrals r where r.id = p_referral and r.agency_id = sender.agency_id;
  select l.case_id into the_case from comity.case_referrals l where l.referral_id = the_referral.id;
  if the_case is null then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;

  -- What came before under this key is answered as it was then, whatever has become of the referral.
  if not (p ->> 'refused')::boolean then
    insert into comity.idempotency_keys (agency_id, key, fingerprint, referral_id, at)
    values (sender.agency_id, p ->> 'key', p ->> 'fingerprint', p_referral, arrived) on conflict (agency_id, key) do nothing;
  end if;
  if (p ->> 'refused')::boolean or not found then
    select * into known from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = p ->> 'key';
    return query select case when known.key is null then 'REFUSED' when known.fingerprint = p ->> 'fingerprint' then 'REPLAYED' else 'KEY_REUSED' end, s.id, s.problems
      from (values (1)) as once left join comity.referral_supplements s on s.agency_id = sender.agency_id and s.key = p ->> 'key';
    return;
  end if;

  -- Whoever acts on the case waits for another; what stands, the seat too, is read after that.
  select * into strict c from comity.cases where id = the_case for no key update;
  if c.lead_id is not null then
    perform pg_advisory_xact_lock_shared(hashtextextended(c.lead_id::text, 7203));
  end if;
  if not exists (select 1 from comity.members m where m.id = sender.id and m.agency_id = sender.agency_id and m.role = sender.role and m.active) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select l.state into state_now from comity.case_referrals l where l.case_id = the_case and l.referral_id = p_referral;
  select * into last from comity.referral_supplements s where s.referral_id = p_referral order by s.position desc limit 1;
  if not coalesce(p -> 'states' ? state_now, false) then
    raise exception 'The referral is not in a state for this. Read it again.' using errcode = 'CM409';
  elsif last.position >= 200 then
    raise exception 'The referral has 200 supplements, which is the most. Send what is new as a referral of its own.' using errcode = 'CM409';
  end if;

  hash_before := coalesce(last.sha256, the_referral.packet_sha256);
  hash_now := encode(sha256(convert_to(hash_before || (p ->> 'document'), 'UTF8')), 'hex');
  insert into comity.referral_supplements (id, referral_id, agency_id, position, key, document, previous_sha256, sha256, problems, submitted_at, submitted_by)
  values (the_supplement, p_referral, sender.agency_id, coalesce(last.position, 0) + 1, p ->> 'key', p ->> 'document', hash_before, hash_now, p -> 'problems', arrived, sender.id);
  insert into comity.case_supplements (case_id, id, needs, referral_id, agency_id, narrative, supervisor_identification, signature, sha256, submitted_at, submitted_by)
  values (the_case, the_supplement, 2, p_referral, sender.agency_id, p ->> 'narrative', nullif(p -> 'identification', 'null'), nullif(p -> 'signature', 'null'), hash_now, arrived, sender.id);
  insert into comity.persons (case_id, id, needs, part, position, name, descriptors, badge, plate, markings, minor_at_incident, injured, injury, supplement_id)
  select the_case, r.id, case when r.minor_at_incident then 4100 else 4 end, r.part,
      r.position + coalesce((select max(b.position) + 1 from comity.persons b where b.case_id = the_case), 0),
      r.name, r.descriptors, r.badge, r.plate, r.markings, r.minor_at_incident, r.injured, r.injury, the_supplement
    from jsonb_populate_recordset(null::comity.persons, p -> 'persons') r;
  -- A contact of nobody in this supplement is refused: it would be another's.
  if exists (select 1 from jsonb_populate_recordset(null::comity.person_contacts, p -> 'contacts') k
      where not exists (select 1 from comity.persons h where h.case_id = the_case and h.id = k.person_id and h.supplement_id = the_supplement)) then
    raise exception 'supplement: each of its parts belongs to it.' using errcode = 'CM400';
  end if;
  insert into comity.person_contacts (case_id, person_id, needs, phone, email, address, disclosure_refused)
  select the_case, k.person_id, case when k.disclosure_refused or h.minor_at_incident then 4104 else 8 end, k.phone, k.email, k.address, k.disclosure_refused
    from jsonb_populate_recordset(null::comity.person_contacts, p -> 'contacts') k
    join comity.persons h on h.case_id = the_case and h.id = k.person_id;
  insert into comity.recordings (case_id, id, needs, kind, position, holder, device, uri, sha256, captured_from, captured_to, note, supplement_id)
  select the_case, r.id, 32, r.kind, r.position + coalesce((select max(b.position) + 1 from comity.recordings b where b.case_id = the_case), 0),
      r.holder, r.device, r.uri, r.sha256, r.captured_from, r.captured_to, r.note, the_supplement
    from jsonb_populate_recordset(null::comity.recordings, p -> 'recordings') r;
  perform comity.append_event(the_case, 'CASE', 'SUPPLEMENTED', 'DONE', 130,
    jsonb_build_object('referralId', p_referral, 'supplementId', the_supplement, 'sha256', hash_now));
  if jsonb_typeof(p -> 'answers') = 'object' then
    perform comity.append_from_agency(p_referral, 'ANSWERED', p -> 'answers');
  end if;
  perform comity.compute_sight(the_case);
  return query select 'RECEIVED', the_supplement, null::jsonb;
end $$;--> statement-breakpoint

-- What came of a referral, for its agency: each part as far as the rule book of the lead shows it, and null where it shows none.
create function comity.referral_outcome(p_referral uuid) returns jsonb
language sql stable security definer set search_path = comity, pg_catalog
return (
  select case when shown.outcome or shown.reason or shown.items then jsonb_build_object(
      'stage', case when shown.outcome then c.stage end,
      'reason', case when shown.reason then refusal.reason end, 'note', case when shown.reason then refusal.note end,
      'openItems', case when shown.items then (select count(*) from comity.return_items i
        where i.case_id = l.case_id and i.referral_id = l.referral_id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED')) end) end
    from comity.referrals r
    join comity.case_referrals l on l.referral_id = r.id
    join comity.cases c on c.id = l.case_id
    cross join lateral (select comity.shows_agency(c.id, 'OUTCOME') as outcome, comity.shows_agency(c.id, 'REASON') as reason, comity.shows_agency(c.id, 'ITEMS') as items) as shown
    left join lateral (select e.reason, e.note from comity.return_entries e
      where l.state = 'REFUSED' and e.case_id = l.case_id and e.referral_id = l.referral_id and e.kind = 'REFUSED' order by e.at desc, e.id desc limit 1) as refusal on true
   where r.id = p_referral and r.agency_id = comity.agency_id());--> statement-breakpoint

-- True where the caller screens a case: its lead, an attorney only on the team; while nobody leads, a venue candidate's intake or heads.
create function comity.screens(p_case uuid) returns boolean language sql stable
return exists (
  select 1 from comity.cases c join comity.members m on m.id = comity.member() and m.active and m.office_id = nullif(current_setting('comity.office', true), '')::uuid
   where c.id = p_case and case
     when c.lead_id = m.office_id then m.role in ('INTAKE', 'SUPERVISOR', 'ELECTED')
       or m.role = 'ATTORNEY' and exists (select 1 from comity.assignments a where a.case_id = c.id and a.member_id = m.id and a.until is null)
     when c.lead_id is null then m.role in ('INTAKE', 'SUPERVISOR', 'ELECTED') and exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = m.office_id)
   end);--> statement-breakpoint

-- An item is asked by who screens the case, of the agency whose referral it is, for the lead, or for the office that asks while there is
-- none; it is settled by the lead, or until then by the office that asked. An answer or a dispute is never an office's word.
create function comity.check_return_item() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if (comity.screens(new.case_id) and case
      when tg_op = 'INSERT' then
        new.needs = 2 and new.state = 'REQUESTED' and new.agency_id = comity.referring_agency(new.case_id, new.referral_id) and new.office_id = office
        and new.asked_at between transaction_timestamp() and clock_timestamp() and new.state_since between transaction_timestamp() and clock_timestamp()
        and comity.shows_agency(new.case_id, 'ITEMS')
        and exists (select 1 from comity.case_referrals l where l.case_id = new.case_id and l.referral_id = new.referral_id and l.state not in ('REFUSED', 'WITHDRAWN'))
      else
        new.state_since = statement_timestamp() and (comity.leads(new.case_id) or old.office_id = office)
        and (new.state in ('WAIVED', 'CANCELLED') and old.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') or new.state in ('UPHELD', 'OVERRULED') and old.state = 'DISPUTED')
        and (new.due_on = old.due_on or new.state = 'OVERRULED')
    end) is not true then
    raise exception 'nothing is asked of an agency, or settled, so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What an office says on the thread, it says in its own name and as of now: of an item what has just become of it, of the referral as a
-- whole as its lead. What an agency says is written by append_from_agency.
create function comity.check_return_entry() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.needs = 2 and new.by_id = comity.member() and new.at between transaction_timestamp() and clock_timestamp()
      and new.agency_id = comity.referring_agency(new.case_id, new.referral_id) and comity.screens(new.case_id) and case
        when new.kind in ('REQUESTED', 'WAIVED', 'CANCELLED', 'UPHELD', 'OVERRULED') then
          new.shown_by = 'ITEMS' and new.reason is null
          and exists (select 1 from comity.return_items i where i.case_id = new.case_id and i.id = new.item_id and i.referral_id = new.referral_id
            and i.state = new.kind and i.state_since >= transaction_timestamp())
        when new.kind = 'REFUSED' then new.shown_by = 'REASON' and new.item_id is null and new.reason is not null and comity.leads(new.case_id)
        when new.kind in ('WITHDRAWAL_GRANTED', 'WITHDRAWAL_DENIED') then
          new.shown_by = 'STATUS' and new.item_id is null and new.reason is null and comity.leads(new.case_id)
      end) is not true then
    raise exception 'nothing is said on this thread so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- That an agency asks for its referral back is its own word; the lead takes it off the table.
create function comity.check_case_referral() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.withdrawal_asked_at is null and old.withdrawal_asked_at is not null and comity.leads(new.case_id) and comity.screens(new.case_id)) is not true then
    raise exception 'a request to withdraw is not answered so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

create or replace function comity.compute_sight(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  c comity.cases;
begin
  select * into strict c from comity.cases where id = p_case;

  -- What closes comes first: at no moment is more open than the rules allow.
  with wanted as materialized (select * from comity.wanted_closings w where w.case_id = p_case), gone as (
    delete from comity.closings k
     where k.case_id = p_case and not exists (select 1 from wanted w where w.cause = k.cause and w.ref = k.ref and w.subject is not distinct from k.subject)
  )
  insert into comity.closings as k (case_id, subject, facets, unless, until, cause, ref)
  select w.case_id, w.subject, w.facets, w.unless, w.until, w.cause, w.ref from wanted w
      on conflict (case_id, cause, ref, subject) do update set facets = excluded.facets, unless = excluded.unless, until = excluded.until, since = excluded.since
   where (k.facets, k.unless, k.until) is distinct from (excluded.facets, excluded.unless, excluded.until);

  with wanted as materialized (select * from comity.wanted_sight w where w.case_id = p_case), gone as (
    delete from comity.sight s
     where s.case_id = p_case and not exists (select 1 from wanted w where w.viewer = s.viewer and w.cause = s.cause and w.ref = s.ref)
  )
  insert into comity.sight as s (case_id, viewer, cause, ref, facets, until, received_at)
  select w.case_id, w.viewer, w.cause, w.ref, w.facets, w.until, w.received_at from wanted w
      on conflict (case_id, viewer, cause, ref) do update set facets = excluded.facets, until = excluded.until, since = excluded.since
   where (s.facets, s.until) is distinct from (excluded.facets, excluded.until);

  update comity.search_docs d set lead = c.lead_id where d.case_id = c.id and d.lead is distinct from c.lead_id;
  with wanted (source, stamp, needs, body) as (
    select 'summary', '1', c.needs, c.number
    union all
    select 'report', '1', r.needs, concat_ws(' ', r.report_number, r.place, r.narrative) from comity.case_reports r where r.case_id = c.id
    union all
    select 'supplement:' || s.id, '1', s.needs, s.narrative from comity.case_supplements s where s.case_id = c.id and s.narrative is not null
    union all
    select 'person:' || p.id, '1', p.needs, concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings)
      from comity.persons p where p.case_id = c.id
    union all
    select 'annotation:' || a.id, a.revision::text, a.needs, r.body
      from comity.annotations a join comity.annotation_revisions r on r.case_id = a.case_id and r.annotation_id = a.id and r.revision = a.revision
     where a.case_id = c.id and not a.deleted and a.author_only is null
  ), gone as (
    delete from comity.search_docs d
     where d.case_id = c.id and not exists (select 1 from wanted w where w.source = d.source)
  )
  insert into comity.search_docs as d (case_id, source, stamp, lead, received_at, needs, tsv)
  select c.id, w.source, w.stamp, c.lead_id, c.received_at, w.needs, to_tsvector('english', w.body) from wanted w
   where not exists (select 1 from comity.search_docs k where k.case_id = c.id and k.source = w.source and k.stamp = w.stamp and k.needs = w.needs)
      on conflict (case_id, source) do update set stamp = excluded.stamp, needs = excluded.needs, tsv = excluded.tsv;
end $$;--> statement-breakpoint

grant execute on function comity.supplement_referral(uuid, jsonb), comity.referral_outcome(uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.keep_unit(), comity.keep_origin(), comity.check_return_item(), comity.check_return_entry(), comity.check_case_referral() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger referral_packets_unit after insert on comity.referral_packets for each row when ((new.document::json ->> 'unit') is not null) execute function comity.keep_unit();--> statement-breakpoint
create trigger case_referrals_origin before insert on comity.case_referrals for each row execute function comity.keep_origin();--> statement-breakpoint
create trigger return_items_written before insert or update on comity.return_items for each row when (current_user = 'comity_app') execute function comity.check_return_item();--> statement-breakpoint
create trigger return_entries_written before insert on comity.return_entries for each row when (current_user = 'comity_app') execute function comity.check_return_entry();--> statement-breakpoint
create trigger case_referrals_written before update on comity.case_referrals for each row when (current_user = 'comity_app') execute function comity.check_case_referral();--> statement-breakpoint
revoke execute on function comity.keep_unit(), comity.keep_origin(), comity.check_return_item(), comity.check_return_entry(), comity.check_case_referral() from comity_owner;
