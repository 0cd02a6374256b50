-- The words of messages, for searching (docs/decisions/search.md). Each word carries the key of its room, so that a search in a few rooms reads nothing of the others.
-- Not a column of `messages`: pins, answers and previews write their rows anew, which would put every word into the index again.
create table message_words (
  room_id uuid not null,
  seq bigint not null,
  by_user uuid not null,
  received_at bigint not null,
  words tsvector not null,
  primary key (room_id, seq)
);
-- The list of what is not sorted in yet is kept short: it is read by every search, and whoever fills it sorts it in.
create index message_words_words on message_words using gin (words) with (gin_pending_list_limit = 128);

-- Up to here the room's messages have their words: rows made without the sequencer get theirs in the background.
alter table rooms add column indexed_to bigint not null default 0;

-- Messages whose text was changed without the sequencer, until they have their new words.
create table messages_unindexed (
  room_id uuid not null,
  seq bigint not null,
  primary key (room_id, seq)
);

-- Whoever changes or deletes a message, by whatever way: its old words go in the same transaction (R6).
create function message_words_follow() returns trigger language plpgsql as $$
begin
  delete from message_words where room_id = old.room_id and seq = old.seq;
  if tg_op = 'UPDATE' then
    if not new.deleted and new.event is null then
      insert into messages_unindexed (room_id, seq) values (new.room_id, new.seq) on conflict do nothing;
      return null;
    end if;
  end if;
  delete from messages_unindexed where room_id = old.room_id and seq = old.seq;
  return null;
end $$;
create trigger message_words_change after update of text, deleted, event on messages for each row
  when (old.text is distinct from new.text or old.deleted is distinct from new.deleted or old.event is distinct from new.event) execute function message_words_follow();
create trigger message_words_delete after delete on messages for each row execute function message_words_follow();
