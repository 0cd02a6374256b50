-- Notes of rooms: the one text that members write together in a document of their own (docs/decisions/notes.md).
-- What was written comes as numbered increments; a compacted state takes those up to `upto` in. Together they are the notes.
create table notes (
  room_id uuid primary key references rooms (id) on delete cascade,
  state bytea,
  upto bigint not null default 0,
  -- Number of the last increment: what other instances look at.
  head bigint not null default 0,
  -- Bytes of the increments after `upto`.
  loose_bytes bigint not null default 0,
  changed_at bigint not null,
  -- When a version was last kept, and of which increment.
  versioned_at bigint not null,
  versioned_head bigint not null default 0
);

create table notes_updates (
  room_id uuid not null references notes (room_id) on delete cascade,
  n bigint not null,
  update bytea not null,
  primary key (room_id, n)
);

-- Who has written, and when last: for the authors of the next version, and for who edited last.
create table notes_authors (
  room_id uuid not null references notes (room_id) on delete cascade,
  user_id uuid not null,
  at bigint not null,
  primary key (room_id, user_id)
);
create index notes_authors_user on notes_authors (user_id);

-- `at`: of the last change that is in it. `reason`: by time, or because the notes were set back.
create table notes_versions (
  id uuid primary key,
  room_id uuid not null references notes (room_id) on delete cascade,
  at bigint not null,
  reason text not null check (reason in ('time', 'restore')),
  state bytea not null
);
create index notes_versions_room on notes_versions (room_id, at desc, id desc);

create table notes_version_authors (
  version uuid not null references notes_versions (id) on delete cascade,
  user_id uuid not null,
  primary key (version, user_id)
);
create index notes_version_authors_user on notes_version_authors (user_id);

-- What could not be read any more, as it was, for the operator. The notes went on from what could.
create table notes_damaged (
  room_id uuid not null references rooms (id) on delete cascade,
  at bigint not null,
  -- 0: the state; else the number of the increment.
  n bigint not null,
  bytes bytea not null
);
create index notes_damaged_room on notes_damaged (room_id);
