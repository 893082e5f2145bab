-- The rule on supersession becomes a kind of rule of law. Locks state_rules while its check is replaced. Way back: remove the rules of
-- that kind and make the check of 0019 again.
ALTER TABLE "comity"."state_rules" DROP CONSTRAINT "state_rules_kind";--> statement-breakpoint
ALTER TABLE "comity"."state_rules" ADD CONSTRAINT "state_rules_kind" CHECK ("comity"."state_rules"."kind" in ('LIMITATION', 'VENUE_BOUNDARY', 'BODY_CAMERA_RETENTION', 'CHARGING_INSTRUMENT', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'EXTERNAL_DEMAND_REGIME', 'SUPERSESSION', 'RESTRICTION'));