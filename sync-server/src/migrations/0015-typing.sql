-- Who types in which room, by the instance they are connected to: others read it once a second. Gone with its instance; worth nothing after `until`.
create table typing (
  instance uuid not null references socket_instances (id) on delete cascade,
  room_id uuid not null,
  user_id uuid not null,
  -- ms, by the database's clock
  until bigint not null,
  primary key (instance, room_id, user_id)
);
create index typing_rooms on typing (room_id);
