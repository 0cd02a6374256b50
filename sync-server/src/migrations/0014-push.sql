-- Where devices are told of messages while no page is open there. One goes with its session, and with the account.
create table push_subscriptions (
  id uuid primary key,
  user_id uuid not null,
  session_id uuid not null,
  -- The client's own id of the device: each has one.
  device uuid not null,
  endpoint text not null unique,
  -- Of the endpoint: push services are looked after by host.
  host text not null,
  -- The browser's keys (RFC 8291).
  p256dh bytea not null,
  auth bytea not null,
  -- In which words are to be shown there.
  language text not null,
  created_at bigint not null,
  -- When the device last said that it still wants to be told.
  renewed_at bigint not null,
  -- When its service last took a message; null: it never has.
  delivered_at bigint,
  -- Since then, and since when, it has not.
  failures integer not null default 0,
  failing_since bigint,
  -- Nothing is tried before.
  rests_until bigint not null default 0
);
create index push_subscriptions_user on push_subscriptions (user_id);

-- Messages that somebody may have to be told of, until it is worked out who. Ids only, never a body: what is deleted meanwhile is gone (R6).
create table push_messages (
  room_id uuid not null references rooms (id) on delete cascade,
  seq bigint not null,
  at bigint not null,
  -- Of an edit: whom it names that were not named before, 'everyone' among them. Null: the message is new.
  anew jsonb,
  primary key (room_id, seq)
);
create index push_messages_at on push_messages (at);

-- What is to be sent: of each room one a device. Which message it shows, and whether any, is judged when it is sent.
create table pushes (
  subscription_id uuid not null references push_subscriptions (id) on delete cascade,
  room_id uuid not null references rooms (id) on delete cascade,
  -- The messages that it may be about.
  from_seq bigint not null,
  to_seq bigint not null,
  -- Not before: whoever is there gets a moment to read it. Null: it was sent, and stays for a moment so that the next one is not sent at once.
  due_at bigint,
  sent_at bigint,
  expires_at bigint not null,
  attempts integer not null default 0,
  -- Set while an instance sends it; another may take it once this has passed.
  locked_until bigint,
  primary key (subscription_id, room_id)
);
create index pushes_due on pushes (due_at);
create index pushes_room on pushes (room_id);
