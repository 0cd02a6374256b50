-- Choices of the administrators; what is not there has its default: `link-previews` ('off').
create table sync_settings (
  key text primary key,
  value text not null
);

-- What pages say of themselves, kept for a while so that a link is fetched once however many messages have it.
create table link_pages (
  url text primary key,
  -- Null: it could not be had, which is not tried again before `expires_at`.
  title text,
  description text,
  site text,
  image text,
  expires_at bigint not null
);
create index link_pages_expired on link_pages (expires_at);

-- Pictures of previews: WebP of 240 x 160. `id` is a hash of the link and the bytes. One stays while a message or a page names it.
create table preview_images (
  id text primary key,
  image bytea not null,
  created_at bigint not null
);

-- [{ url, title, description?, site?, image? }]; null: none. And the links whose preview the author has taken away.
alter table messages add column previews jsonb;
alter table messages add column previews_off jsonb;
create index messages_previews on messages using gin (previews jsonb_path_ops) where previews is not null;
create index link_pages_image on link_pages (image) where image is not null;
