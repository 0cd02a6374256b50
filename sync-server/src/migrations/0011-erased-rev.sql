-- The rev at which a message of the room was last deleted: devices that store parts of its log which they do not hold open bring those up (R6).
alter table rooms add column erased_rev bigint not null default 0;
update rooms set erased_rev = coalesce((select max(rev) from messages where room_id = rooms.id and deleted), 0);
