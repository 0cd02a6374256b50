-- Rows are the record; documents are replicas made from them (docs/ARCHITECTURE.md).
-- Times are ms since the epoch. `rev` of a row is the room's (or user's) rev at its last change.

create table rooms (
  id uuid primary key,
  kind text not null check (kind in ('public', 'private', 'dm')),
  name text not null,
  topic text not null default '',
  created_by uuid not null,
  created_at bigint not null,
  archived_at bigint,
  head bigint not null default 0,
  rev bigint not null default 0,
  -- The rev at which the room's own document (name, members, pins, receipts) last changed.
  document_rev bigint not null default 0,
  -- Retention has removed everything up to here.
  floor bigint not null default 0,
  last_received_at bigint not null default 0,
  member_count integer not null default 0
);
create index rooms_public on rooms (lower(name)) where kind = 'public';

create table members (
  room_id uuid not null references rooms (id) on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('owner', 'moderator', 'member', 'reader')),
  joined_at bigint not null,
  -- A direct conversation that was left is hidden until something new is said in it.
  hidden boolean not null default false,
  primary key (room_id, user_id)
);
create index members_user on members (user_id);

create table messages (
  room_id uuid not null references rooms (id) on delete cascade,
  seq bigint not null,
  id uuid not null unique,
  rev bigint not null,
  by_user uuid not null,
  sent_at bigint not null,
  received_at bigint not null,
  text text not null,
  reply_to uuid,
  files jsonb,
  mentions jsonb,
  pinned boolean not null default false,
  edited_at bigint,
  deleted boolean not null default false,
  event jsonb,
  primary key (room_id, seq)
);
create index messages_rev on messages (room_id, rev);
create index messages_pinned on messages (room_id) where pinned;

-- A reaction taken back keeps its row, so that its rev tells documents to take it out.
create table reactions (
  room_id uuid not null,
  seq bigint not null,
  emoji text not null,
  user_id uuid not null,
  rev bigint not null,
  active boolean not null,
  primary key (room_id, seq, emoji, user_id),
  foreign key (room_id, seq) references messages (room_id, seq) on delete cascade
);
create index reactions_rev on reactions (room_id, rev);

create table cursors (
  room_id uuid not null references rooms (id) on delete cascade,
  user_id uuid not null,
  seq bigint not null default 0,
  unread_from bigint,
  primary key (room_id, user_id)
);
create index cursors_user on cursors (user_id);

create table mentions (
  user_id uuid not null,
  room_id uuid not null references rooms (id) on delete cascade,
  seq bigint not null,
  by_user uuid not null,
  at bigint not null,
  primary key (user_id, room_id, seq)
);
create index mentions_recent on mentions (user_id, at desc);

create table drafts (
  user_id uuid not null,
  room_id uuid not null,
  text text not null,
  reply_to uuid,
  at bigint not null,
  command_id uuid not null,
  primary key (user_id, room_id)
);

create table settings (
  user_id uuid not null,
  key text not null,
  value jsonb not null,
  at bigint not null,
  command_id uuid not null,
  primary key (user_id, key)
);

-- One row a user that anything of this server concerns; `rev` rises with every change of the user's document.
create table user_state (
  user_id uuid primary key,
  rev bigint not null default 0
);

-- Every command that was answered, for good: a repeat gets this answer and has no effect. Never a body.
create table commands (
  id uuid primary key,
  user_id uuid not null,
  room_id uuid,
  type text not null,
  attempt integer not null,
  accepted boolean not null,
  seq bigint,
  code text,
  answered_at bigint not null
);

-- Stored state of log, room and user documents: a cache that keeps their lineage. Dropping it is harmless.
create table documents (
  name text primary key,
  state bytea not null,
  stored_at bigint not null
);
