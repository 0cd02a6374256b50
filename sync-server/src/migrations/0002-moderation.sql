-- Who is kept out of a room, and what its members have reported.

create table bans (
  room_id uuid not null references rooms (id) on delete cascade,
  user_id uuid not null,
  by_user uuid not null,
  -- For those who moderate the room.
  reason text,
  at bigint not null,
  primary key (room_id, user_id)
);
create index bans_newest on bans (room_id, at desc, user_id);

-- A report names a message and never holds its body: deleted means gone (R6). Its id is that of the command that made it.
create table reports (
  id uuid primary key,
  room_id uuid not null references rooms (id) on delete cascade,
  seq bigint not null,
  message_id uuid not null,
  author uuid not null,
  reporter uuid not null,
  reason text not null check (reason in ('spam', 'abuse', 'illegal', 'other')),
  note text,
  at bigint not null,
  -- All null while it is open.
  outcome text check (outcome in ('dismissed', 'removed', 'warned', 'expelled', 'banned')),
  resolved_by uuid,
  resolved_at bigint,
  resolution text,
  unique (message_id, reporter),
  check ((outcome is null) = (resolved_at is null))
);
create index reports_open on reports (room_id) where resolved_at is null;
create index reports_newest on reports (at desc, id desc);

-- Who deleted the message, if not its author.
alter table messages add column deleted_by uuid;
