-- Where the answered message stands, and the message that the whole conversation began with (null: this one answers nothing).
alter table messages add column reply_seq bigint;
alter table messages add column root uuid;
alter table messages add column root_seq bigint;
-- Of a message that began a conversation: how many answers there are, and when the last one came.
alter table messages add column answers integer not null default 0;
alter table messages add column answered_at bigint;
-- It mentions everyone in the room.
alter table messages add column mentions_room boolean not null default false;

create temporary table conversations on commit drop as
with recursive up (room_id, seq, reply_seq, root, root_seq, above) as (
  select m.room_id, m.seq, q.seq, q.id, q.seq, q.reply_to
    from messages m join messages q on q.room_id = m.room_id and q.id = m.reply_to
  union all
  select up.room_id, up.seq, up.reply_seq, q.id, q.seq, q.reply_to
    from up join messages q on q.room_id = up.room_id and q.id = up.above
)
select room_id, seq, reply_seq, root, root_seq from up where above is null;
update messages m set reply_seq = c.reply_seq, root = c.root, root_seq = c.root_seq from conversations c where c.room_id = m.room_id and c.seq = m.seq;
update messages m set answers = c.answers, answered_at = c.answered_at
  from (select room_id, root, count(*) as answers, max(received_at) as answered_at from messages where root is not null and not deleted group by room_id, root) c
 where c.room_id = m.room_id and c.root = m.id;
create index messages_root on messages (room_id, root, seq) where root is not null;

-- A draft belongs to a room, or to one conversation in it; the id of nothing stands for the room.
alter table drafts add column thread uuid not null default '00000000-0000-0000-0000-000000000000';
alter table drafts drop constraint drafts_pkey;
alter table drafts add primary key (user_id, room_id, thread);
