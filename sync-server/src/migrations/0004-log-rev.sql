-- The rev at which the room's log (messages, reactions) last changed: what members who have not attached the room are told of. A receipt or a
-- new member does not raise it.
alter table rooms add column log_rev bigint not null default 0;
update rooms set log_rev = rev;
