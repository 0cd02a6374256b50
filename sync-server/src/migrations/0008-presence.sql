-- Who is here, on which instance. A row counts while its instance lives, so one that is killed leaves nobody behind.
create table presence (
  instance uuid not null references socket_instances (id) on delete cascade,
  user_id uuid not null,
  status text not null check (status in ('online', 'away', 'offline')),
  -- Of the last change, by the database's clock in ms: other instances ask for what has changed since they asked.
  at bigint not null,
  primary key (instance, user_id)
);
create index presence_changed on presence (at);

-- When somebody was last here; written at most once a minute, never for those who do not show it.
create table last_seen (
  user_id uuid primary key,
  at bigint not null
);

-- What a person does not show to others, from their settings, where it is asked for at every turn.
alter table user_state add column hides_presence boolean not null default false;
alter table user_state add column hides_receipts boolean not null default false;
