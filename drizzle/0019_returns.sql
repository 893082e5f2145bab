-- What offices ask of agencies about their referrals, what agencies answer, and where each referral stands: the case has its
-- own word of that, the agency is told as far as the lead's rule book says. Locks case_referrals while it gets its columns
-- (no row is rewritten, then each is brought to what its agency was told). Way back: drop the trigger cases_items_go_along, the
-- policies and tables return_entries and return_items, the three columns of case_referrals and the functions below, and create
-- tell_agency as in 0005.
set role comity_definer;--> statement-breakpoint
-- True where agencies are shown this of a case: as the rule book of its lead says, and STATUS and ITEMS where none is in force.
create function comity.shows_agency(p_case uuid, p_show text) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return coalesce(
  (select exists (select 1 from comity.agency_rules a where a.book_id = b.id and a.show = p_show and (a.stages = '{}' or c.stage = any (a.stages)))
     from comity.cases c join comity.rule_books b on b.jurisdiction_id = c.lead_id and b.state = 'IN_FORCE' where c.id = p_case),
  p_show in ('STATUS', 'ITEMS'));--> statement-breakpoint
grant execute on function comity.shows_agency(uuid, text) to comity_app;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
CREATE TABLE "comity"."return_entries" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"referral_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"item_id" uuid,
	"kind" text NOT NULL,
	"reason" text,
	"note" text,
	"shown_by" text NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "return_entries_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "return_entries_kind_check" CHECK ("comity"."return_entries"."kind" in ('REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED', 'REFUSED', 'WITHDRAWN', 'WITHDRAWAL_REQUESTED', 'WITHDRAWAL_GRANTED', 'WITHDRAWAL_DENIED')),
	CONSTRAINT "return_entries_reason_check" CHECK ("comity"."return_entries"."reason" in ('NO_VENUE', 'NO_OFFENCE', 'INCOMPLETE', 'DUPLICATE', 'IMPROPER_DIRECTION', 'OTHER')),
	CONSTRAINT "return_entries_shown_by_check" CHECK ("comity"."return_entries"."shown_by" in ('STATUS', 'ITEMS', 'OUTCOME', 'REASON')),
	CONSTRAINT "return_entries_needs_check" CHECK ("comity"."return_entries"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."return_items" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"referral_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"category" text NOT NULL,
	"description" text NOT NULL,
	"due_on" date NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp(6) with time zone NOT NULL,
	"asked_at" timestamp(6) with time zone NOT NULL,
	"asked_in" text NOT NULL,
	CONSTRAINT "return_items_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "return_items_category_check" CHECK ("comity"."return_items"."category" in ('RECORDING', 'EMERGENCY_CALL', 'MEDICAL_RECORD', 'WITNESS', 'IDENTIFICATION', 'REPORT', 'EVIDENCE', 'PROVENANCE', 'SIGNATURE', 'OTHER')),
	CONSTRAINT "return_items_state_check" CHECK ("comity"."return_items"."state" in ('REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED')),
	CONSTRAINT "return_items_asked_in_check" CHECK ("comity"."return_items"."asked_in" in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED')),
	CONSTRAINT "return_items_needs_check" CHECK ("comity"."return_items"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."return_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "state" text DEFAULT 'SUBMITTED' NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "state_since" timestamp(6) with time zone DEFAULT statement_timestamp() NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD COLUMN "withdrawal_asked_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ADD CONSTRAINT "return_entries_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ADD CONSTRAINT "return_entries_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ADD CONSTRAINT "return_entries_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ADD CONSTRAINT "return_entries_by_id_members_id_fk" FOREIGN KEY ("by_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD CONSTRAINT "return_items_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD CONSTRAINT "return_items_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD CONSTRAINT "return_items_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD CONSTRAINT "return_items_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "return_entries_of_item" ON "comity"."return_entries" USING btree ("item_id","at");--> statement-breakpoint
CREATE INDEX "return_entries_of_referral" ON "comity"."return_entries" USING btree ("referral_id","at");--> statement-breakpoint
CREATE INDEX "return_items_by_id" ON "comity"."return_items" USING btree ("id");--> statement-breakpoint
CREATE INDEX "return_items_of_referral" ON "comity"."return_items" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "return_items_of_agency" ON "comity"."return_items" USING btree ("agency_id","due_on","id");--> statement-breakpoint
CREATE INDEX "return_items_of_office" ON "comity"."return_items" USING btree ("office_id","due_on","id");--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD CONSTRAINT "case_referrals_state_check" CHECK ("comity"."case_referrals"."state" in ('SUBMITTED', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'));--> statement-breakpoint
CREATE POLICY "return_entries_seen" ON "comity"."return_entries" AS PERMISSIVE FOR ALL TO "comity_app" USING (return_entries.needs <> 0 and (return_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = return_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = return_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (return_entries.needs <> 0 and (return_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = return_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = return_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "return_entries_definer" ON "comity"."return_entries" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "return_entries_own" ON "comity"."return_entries" AS PERMISSIVE FOR SELECT TO "comity_app" USING (return_entries.agency_id = (select comity.agency_id()) and comity.shows_agency(return_entries.case_id, return_entries.shown_by));--> statement-breakpoint
CREATE POLICY "return_items_seen" ON "comity"."return_items" AS PERMISSIVE FOR ALL TO "comity_app" USING (return_items.needs <> 0 and (return_items.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = return_items.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = return_items.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (return_items.needs <> 0 and (return_items.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = return_items.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = return_items.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "return_items_definer" ON "comity"."return_items" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "return_items_own" ON "comity"."return_items" AS PERMISSIVE FOR SELECT TO "comity_app" USING (return_items.agency_id = (select comity.agency_id()) and comity.shows_agency(return_items.case_id, 'ITEMS'));--> statement-breakpoint
alter table comity.return_entries force row level security;--> statement-breakpoint
alter table comity.return_items force row level security;--> statement-breakpoint

grant select, insert on comity.return_items, comity.return_entries to comity_app;--> statement-breakpoint
grant update (state, state_since, due_on) on comity.return_items to comity_app;--> statement-breakpoint
grant update (withdrawal_asked_at) on comity.case_referrals to comity_app;--> statement-breakpoint
grant select, insert on comity.return_items, comity.return_entries to comity_definer;--> statement-breakpoint
grant update (state, state_since, office_id) on comity.return_items to comity_definer;--> statement-breakpoint
grant update (state, state_since, withdrawal_asked_at) on comity.case_referrals to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- A claim accepted, also where a rule book kept that from the agency.
update comity.case_referrals l set state = case when r.state = 'SUBMITTED' and c.lead_id is not null then 'ACCEPTED' else r.state end, state_since = r.state_since
  from comity.referrals r, comity.cases c where r.id = l.referral_id and c.id = l.case_id;--> statement-breakpoint

-- The agency whose referral stands behind a case, for whoever sees that the case came from it.
create function comity.referring_agency(p_case uuid, p_referral uuid) returns uuid
language sql stable security definer set search_path = comity, pg_catalog
return (select r.agency_id from comity.case_referrals l join comity.referrals r on r.id = l.referral_id
  where l.case_id = p_case and l.referral_id = p_referral and comity.sees(l.case_id, l.needs));--> statement-breakpoint

-- Sets where a referral stands and tells its agency, unless the lead's rule book keeps that to itself. By the lead, and until
-- there is one by any venue candidate.
create function comity.tell_referral(p_case uuid, p_referral uuid, p_state text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if comity.referring_agency(p_case, p_referral) is null then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if not exists (select 1 from comity.cases c where c.id = p_case and (c.lead_id = the_office
      or c.lead_id is null and exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = the_office))) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  update comity.case_referrals l set state = p_state, state_since = statement_timestamp() where l.case_id = p_case and l.referral_id = p_referral and l.state <> p_state;
  if comity.shows_agency(p_case, 'STATUS') then
    update comity.referrals r set state = p_state, state_since = statement_timestamp() where r.id = p_referral and r.state <> p_state;
  end if;
end $$;--> statement-breakpoint

-- Tells the agencies what becomes of all referrals of a case at once, as at a claim, each unless something is still asked of
-- it: then the case awaits its agency. Unless the lead's rule book keeps the state to itself.
create or replace function comity.tell_agency(p_case uuid, p_state text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  c comity.cases;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = p_case;
  if c.lead_id is distinct from nullif(current_setting('comity.office', true), '')::uuid then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  update comity.cases k set stage = 'AWAITING_AGENCY'
   where k.id = p_case and k.stage = 'CLAIMED' and exists (select 1 from comity.return_items i where i.case_id = p_case and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED'));
  with settled as (
    update comity.case_referrals l set state = p_state, state_since = statement_timestamp()
     where l.case_id = p_case and l.state in ('SUBMITTED', 'RETURNED', 'RESUBMITTED') and l.state <> p_state
       and not exists (select 1 from comity.return_items i where i.case_id = p_case and i.referral_id = l.referral_id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED'))
    returning l.referral_id
  )
  update comity.referrals r set state = p_state, state_since = statement_timestamp() from settled s where r.id = s.referral_id and comity.shows_agency(p_case, 'STATUS');
end $$;--> statement-breakpoint

-- What an agency adds to the thread of its own referral, and where that brings items, referral and case, which it may not see:
-- answers and disputes of items, its withdrawal, or its request for one. From which state each act leads to which is told by
-- the caller (`moves`, `itemMoves`); whose referral and whose items they are is judged here, after the case is held.
create function comity.append_from_agency(p_referral uuid, p_act text, p jsonb) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  c comity.cases;
  link comity.case_referrals;
  item comity.return_items;
  given record;
  the_case uuid;
  next_state text;
  next_stage text;
  open_of_referral integer;
  open_of_case integer;
  done_at timestamptz := statement_timestamp();
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select l.case_id into the_case from comity.case_referrals l join comity.referrals r on r.id = l.referral_id
   where r.id = p_referral and r.agency_id = sender.agency_id;
  if the_case is null then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;

  -- Whoever acts on the case waits for another; what stands, the seat too, is read after that.
  select * into strict c from comity.cases where id = the_case for no key update;
  if c.lead_id is not null then
    perform pg_advisory_xact_lock_shared(hashtextextended(c.lead_id::text, 7203));
  end if;
  if not exists (select 1 from comity.members m where m.id = sender.id and m.agency_id = sender.agency_id and m.role = sender.role and m.active) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select * into link from comity.case_referrals l where l.case_id = the_case and l.referral_id = p_referral;
  next_state := p -> 'moves' ->> link.state;
  for given in select * from jsonb_to_recordset(p -> 'items') as g (id uuid, "entryId" uuid, note text) loop
    select * into item from comity.return_items i where i.case_id = the_case and i.id = given.id and i.referral_id = p_referral and comity.shows_agency(the_case, 'ITEMS');
    if item.id is null then
      raise exception 'There is no such thing here.' using errcode = 'CM404';
    elsif next_state is null or p -> 'itemMoves' ->> item.state is null then
      raise exception 'This item is not in a state for this: it is %. Read the items of the referral again.', item.state using errcode = 'CM409';
    end if;
    update comity.return_items i set state = p -> 'itemMoves' ->> item.state, state_since = done_at where i.case_id = the_case and i.id = item.id;
    insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, item_id, kind, note, shown_by, by_id, at)
    values (the_case, given."entryId", 2, p_referral, sender.agency_id, item.id, p -> 'itemMoves' ->> item.state, given.note, 'ITEMS', sender.id, clock_timestamp());
  end loop;
  if next_state is null then
    raise exception 'The referral is not in a state for this. Read it again.' using errcode = 'CM409';
  elsif p -> 'entry' ->> 'kind' = 'WITHDRAWAL_REQUESTED' and link.withdrawal_asked_at is not null then
    raise exception 'Your agency has asked for this already: the office has not answered.' using errcode = 'CM409';
  end if;
  insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, kind, note, shown_by, by_id, at)
  select the_case, e.id, 2, p_referral, sender.agency_id, e.kind, e.note, 'STATUS', sender.id, clock_timestamp()
    from jsonb_to_record(nullif(p -> 'entry', 'null')) as e (id uuid, kind text, note text) where e.id is not null;

  if next_state = 'WITHDRAWN' then
    update comity.return_items i set state = 'CANCELLED', state_since = done_at
     where i.case_id = the_case and i.referral_id = p_referral and i.state in (select jsonb_array_elements_text(p -> 'open'));
  end if;
  select count(*) filter (where i.referral_id = p_referral), count(*) into open_of_referral, open_of_case
    from comity.return_items i where i.case_id = the_case and i.state in (select jsonb_array_elements_text(p -> 'open'));
  if next_state = 'RETURNED' and open_of_referral = 0 then
    next_state := 'RESUBMITTED';
  end if;
  next_stage := case
    -- Where no referral is left the case is over; an unrouted one stays as it is for whoever it is sent to.
    when next_state = 'WITHDRAWN' and c.jurisdiction_id is not null and c.stage in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'REOPENED')
      and not exists (select 1 from comity.case_referrals o where o.case_id = the_case and o.referral_id <> p_referral and o.state not in ('REFUSED', 'WITHDRAWN')) then 'CLOSED'
    when c.stage = 'AWAITING_AGENCY' and open_of_case = 0 then
      case (select i.asked_in from comity.return_items i where i.case_id = the_case order by i.asked_at desc limit 1) when 'UNDER_REVIEW' then 'UNDER_REVIEW' else 'CLAIMED' end
    else c.stage end;

  update comity.case_referrals l set state = next_state, state_since = case when l.state = next_state then l.state_since else done_at end,
      withdrawal_asked_at = case when p -> 'entry' ->> 'kind' = 'WITHDRAWAL_REQUESTED' then done_at else l.withdrawal_asked_at end
   where l.case_id = the_case and l.referral_id = p_referral;
  if next_stage <> c.stage then
    update comity.cases k set stage = next_stage, version = k.version + 1 where k.id = the_case;
  end if;
  perform comity.append_event(the_case, 'CASE', p_act, 'DONE', 130, jsonb_build_object('referralId', p_referral,
    'itemIds', coalesce((select string_agg(g ->> 'id', ' ') from jsonb_array_elements(p -> 'items') g), '')));
  if next_stage <> c.stage then
    perform comity.compute_sight(the_case);
  end if;
  -- Of its own withdrawal an agency knows; of all else as the lead's rule book says.
  if next_state = 'WITHDRAWN' or comity.shows_agency(the_case, 'STATUS') then
    update comity.referrals r set state = next_state, state_since = done_at where r.id = p_referral and r.state <> next_state;
  end if;
end $$;--> statement-breakpoint

-- What is still asked goes with the lead: it is owed to whoever leads now.
create function comity.items_go_along() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.return_items i set office_id = new.lead_id
   where i.case_id = new.id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') and i.office_id <> new.lead_id;
  return null;
end $$;--> statement-breakpoint
grant execute on function comity.items_go_along() to comity_owner;--> statement-breakpoint
grant execute on function comity.referring_agency(uuid, uuid), comity.tell_referral(uuid, uuid, text), comity.append_from_agency(uuid, text, jsonb) to comity_app;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger cases_items_go_along after update of lead_id on comity.cases for each row
  when (new.lead_id is not null and new.lead_id is distinct from old.lead_id) execute function comity.items_go_along();--> statement-breakpoint
revoke execute on function comity.items_go_along() from comity_owner;
