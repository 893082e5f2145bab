-- A filing that was never made is taken from the record: the charge is proposed again, and what was told stays in filing_entries, which hang on the charge. Locks filing_entries for the moment of new columns and a
-- key. Way back: as comity_definer drop withdraw_filing; delete by hand what was withdrawn, then the key and the policy as in 0060 and the columns dropped.
ALTER TABLE "comity"."filing_entries" DROP CONSTRAINT "filing_entries_filing";
--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD COLUMN "withdrawn_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD COLUMN "withdrawn_because" text;--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD CONSTRAINT "filing_entries_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD CONSTRAINT "filing_entries_withdrawn" CHECK (num_nulls("comity"."filing_entries"."withdrawn_by", "comity"."filing_entries"."withdrawn_at", "comity"."filing_entries"."withdrawn_because") in (0, 3));--> statement-breakpoint
ALTER POLICY "filing_entries_seen" ON "comity"."filing_entries" TO comity_app USING (filing_entries.needs <> 0 and (filing_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filing_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filing_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = filing_entries.case_id and h.id = filing_entries.charge_id) = 1)) WITH CHECK (filing_entries.needs <> 0 and (filing_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filing_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filing_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = filing_entries.case_id and h.id = filing_entries.charge_id) = 1));--> statement-breakpoint
-- By hand:
grant delete on comity.filings to comity_definer;--> statement-breakpoint
grant update (state) on comity.charges to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- All or none of the filings named, by the lead, while nothing is on record that rests on them: what became of a charge, or, where nothing else is filed against its person, what a court and others entered of that
-- person. What lies in a compartment in which the charge is not tells nothing here.
create function comity.withdraw_filing(p_case uuid, p_charges uuid[], p_reason text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  rests text;
begin
  perform 1 from comity.trail_heads t where t.case_id = p_case and t.chain = 'CASE' for update;
  if not comity.leads(p_case) or comity.superseded(p_case) then
    raise exception 'a filing is not withdrawn so' using errcode = '42501';
  elsif (select count(*) from comity.charges h join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
      where h.case_id = p_case and h.id = any (p_charges) and h.state = 'FILED' and comity.sees(p_case, h.needs)) <> cardinality(p_charges) then
    raise exception 'One of these charges is not filed any more. Read the case again.' using errcode = 'CM409';
  end if;
  select x.what into rests from (
    select 'A disposition' as what from comity.dispositions d where d.case_id = p_case and d.charge_id = any (p_charges) and d.kind <> 'ENTERED_IN_ERROR'
       and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)
    union all
    select e.what from (
        select 'An arraignment' as what, c.person_id, c.needs from comity.court_dates c where c.case_id = p_case and c.kind = 'ARRAIGNMENT'
        union all select 'A day of trial', c.person_id, c.needs from comity.court_dates c where c.case_id = p_case and c.kind = 'TRIAL' and c.day is not null
          and not exists (select 1 from comity.court_dates l where l.case_id = c.case_id and l.supersedes = c.id)
        union all select 'A removal', r.person_id, r.needs from comity.removals r where r.case_id = p_case and r.scope = 'WHOLE_CASE' and r.state <> 'ENTERED_IN_ERROR'
        union all select 'A warrant for who is in another state', r.person_id, r.needs from comity.renditions r where r.case_id = p_case and r.state <> 'WITHDRAWN'
        union all select 'An immunity that was raised', i.person_id, i.needs from comity.immunity_proceedings i where i.case_id = p_case and i.state <> 'ANTICIPATED') e
      join comity.charges h on h.case_id = p_case and h.id = any (p_charges) and h.person_id = e.person_id and e.needs & ~h.needs & 49152 = 0
     where not exists (select 1 from comity.charges o join comity.filings f on f.case_id = o.case_id and f.charge_id = o.id
        where o.case_id = p_case and o.person_id = e.person_id and o.id <> all (p_charges) and o.needs & ~h.needs & 49152 = 0)) x limit 1;
  if rests is not null then
    raise exception '% is on record of what was filed. Where that was not so either, it is corrected first.', rests using errcode = 'CM409';
  end if;
  insert into comity.filing_entries (case_id, charge_id, position, needs, instrument, court, docket_number, filed_on, waiver, warnings, recorded_by, recorded_at, corrected_because, withdrawn_by, withdrawn_at, withdrawn_because)
    select f.case_id, f.charge_id, 1 + (select count(*) from comity.filing_entries e where e.case_id = f.case_id and e.charge_id = f.charge_id), f.needs, f.instrument, f.court, f.docket_number, f.filed_on, f.waiver,
        f.warnings, f.recorded_by, f.recorded_at, f.corrected_because, comity.member(), clock_timestamp(), p_reason
      from comity.filings f where f.case_id = p_case and f.charge_id = any (p_charges);
  delete from comity.filings f where f.case_id = p_case and f.charge_id = any (p_charges);
  update comity.charges h set state = 'PROPOSED' where h.case_id = p_case and h.id = any (p_charges);
end $$;--> statement-breakpoint
revoke execute on function comity.withdraw_filing(uuid, uuid[], text) from public;--> statement-breakpoint
grant execute on function comity.withdraw_filing(uuid, uuid[], text) to comity_app;--> statement-breakpoint
set role comity_owner;
