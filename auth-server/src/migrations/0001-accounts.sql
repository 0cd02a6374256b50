-- Times are ms since the epoch.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  -- Null for guests and bots, which cannot sign in by themselves.
  email text,
  username text,
  display_name text NOT NULL,
  avatar text,
  role text NOT NULL CHECK (role IN ('admin', 'member', 'guest')),
  password_hash text,
  email_verified_at bigint,
  disabled_at bigint,
  created_at bigint NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE UNIQUE INDEX users_username ON users (lower(username));

-- One sign-in on one device; `id` is the `sid` of its access tokens.
CREATE TABLE session_families (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at bigint NOT NULL,
  ended_at bigint
);
CREATE INDEX session_families_user ON session_families (user_id);

-- One refresh token, in the form lucia wants: `id` is the SHA-256 of the token.
CREATE TABLE sessions (
  id text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  family uuid NOT NULL REFERENCES session_families (id) ON DELETE CASCADE,
  generation integer NOT NULL,
  -- The present successor; set on the first use.
  replaced_by text,
  replaced_at bigint,
  -- How many successors this token has had; the last is `replaced_by`, the others are voided.
  successors integer NOT NULL DEFAULT 0,
  voided_at bigint
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_family ON sessions (family);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- Keys that sign access tokens. All are published; the newest whose `active_from` has come signs.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  alg text NOT NULL,
  public_jwk jsonb NOT NULL,
  private_jwk jsonb NOT NULL,
  active_from bigint NOT NULL
);

-- Facts of which there is one, whoever comes first: `first-admin`, `refresh-secret`.
CREATE TABLE auth_facts (
  key text PRIMARY KEY,
  value text NOT NULL
);
