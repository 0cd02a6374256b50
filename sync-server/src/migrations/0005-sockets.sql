-- Live sockets over all instances: a user has so many places, and each socket takes one. Times are the database's clock in ms, which all instances share.

create table socket_instances (
  id uuid primary key,
  -- Renewed by the beat. An instance that has not been seen for a while is taken for dead, and its places are free.
  seen_at bigint not null
);

create table socket_places (
  user_id uuid not null,
  place smallint not null,
  instance uuid not null references socket_instances (id) on delete cascade,
  socket uuid not null,
  primary key (user_id, place)
);
create index socket_places_instance on socket_places (instance);
