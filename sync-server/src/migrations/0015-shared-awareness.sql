-- Of the awareness of rooms and their notes what people on other instances are to see (who types, where a cursor is), by the instance that its person is connected to:
-- others read it once a second. Gone with its instance; worth nothing after `until`.
create table shared_awareness (
  instance uuid not null references socket_instances (id) on delete cascade,
  document text not null,
  -- As awareness counts its clients.
  client bigint not null,
  room_id uuid not null,
  user_id uuid not null,
  state jsonb not null,
  -- ms, by the database's clock
  until bigint not null,
  primary key (instance, document, client)
);
create index shared_awareness_documents on shared_awareness (document);
