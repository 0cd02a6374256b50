-- The rev at which the name or picture of somebody whom the room shows last changed.
alter table rooms add column people_rev bigint not null default 0;

-- What somebody wrote, in any room: for renaming, deleting and downloading.
create index messages_author on messages (by_user, room_id, seq);
create index messages_about on messages ((event ->> 'user')) where event is not null;
create index reactions_user on reactions (user_id, room_id, seq) where active;
