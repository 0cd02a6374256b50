-- Messages that are to be sent at a time. What was sent or cancelled has no row any more.
create table scheduled (
  -- Of the command that made it.
  id uuid primary key,
  user_id uuid not null,
  room_id uuid not null references rooms (id) on delete cascade,
  text text not null,
  reply_to uuid,
  send_at bigint not null,
  -- Raised with each try after a refusal.
  attempt integer not null default 1,
  -- On its way: it can be changed or cancelled no more. Taken again when that was long ago.
  taken_at bigint,
  -- Why it could not be sent; it waits for its author.
  failed text
);
create index scheduled_due on scheduled (send_at) where failed is null;
create index scheduled_user on scheduled (user_id);
