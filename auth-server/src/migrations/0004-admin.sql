-- Times are ms since the epoch.

-- Choices of the administrators; what is not there has its default: `registration` (open).
CREATE TABLE auth_settings (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- Links that let people open an account. What they make of them is bounded here too: no link makes an administrator.
CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  -- SHA-256 of the code.
  code_hash text NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('member', 'guest')),
  note text NOT NULL,
  uses integer NOT NULL CHECK (uses BETWEEN 1 AND 1000),
  used integer NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND uses),
  created_by uuid NOT NULL REFERENCES users (id),
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  revoked_at bigint
);
CREATE INDEX invitations_created_by ON invitations (created_by);

CREATE INDEX users_created ON users (created_at, id);
