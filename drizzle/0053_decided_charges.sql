-- What two people decided on a charge, or are about to, stands on it as it is: it is neither withdrawn nor named at another level beneath a decision that waits,
-- or one that stands and does not hold it. Replaces two functions; locks no table. Way back: as comity_definer check_charge as in 0024 and check_level as in 0035.
-- By hand:
set role comity_definer;--> statement-breakpoint

-- True while a decision on the charge waits for an approval, or one stands that does not hold it.
create function comity.bound_by_decision(p_case uuid, p_charge uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (select 1 from comity.decisions d where d.case_id = p_case and d.charge_id = p_charge and (d.state = 'PROPOSED' or d.state = 'STANDING' and d.outcome <> 'HOLD'));--> statement-breakpoint
revoke execute on function comity.bound_by_decision(uuid, uuid) from public;--> statement-breakpoint

create or replace function comity.check_charge() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (case
      when tg_op = 'INSERT' then new.state = 'PROPOSED' and new.proposed_by = comity.member() and comity.leads(new.case_id)
      when old.state <> 'PROPOSED' or not comity.leads(new.case_id) then false
      when new.state = 'WITHDRAWN' then not comity.bound_by_decision(new.case_id, new.id)
      when new.state = 'FILED' then exists (select 1 from comity.decisions d
        where d.case_id = new.case_id and d.charge_id = new.id and d.state = 'STANDING' and d.outcome = 'CHARGE')
    end) is not true then
    raise exception 'a charge is not proposed, withdrawn or filed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

create or replace function comity.check_level() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  is_so boolean;
begin
  if tg_table_name = 'charges' then
    is_so := comity.has_level(new.statute_version_id, new.level);
  else
    is_so := new.needs & 16 = 16 and new.named_by = comity.member() and new.named_at between transaction_timestamp() and clock_timestamp() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.id = new.charge_id and h.state = 'PROPOSED' and comity.has_level(h.statute_version_id, new.level))
      and not comity.bound_by_decision(new.case_id, new.charge_id);
  end if;
  if is_so is not true then
    raise exception 'the level of a charge is not named so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
set role comity_owner;
