-- Times are ms since the epoch.

-- A deleted account leaves its row as a tombstone, so that its id still stands beside what others answered to. `disabled_at` is set too.
ALTER TABLE users ADD COLUMN deleted_at bigint;

-- Pictures as they are served: WebP of 256 x 256. `id` is a hash of the owner and the bytes; `users.avatar` names it.
CREATE TABLE avatars (
  id text PRIMARY KEY,
  user_id uuid NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
  image bytea NOT NULL,
  created_at bigint NOT NULL
);
