-- Sessions that people can tell apart, and second factors. Times are ms since the epoch.

ALTER TABLE session_families
  -- What the browser called itself when it signed in, as people read it ("iPhone", "Firefox 131"). No addresses are kept.
  ADD COLUMN device text NOT NULL DEFAULT '',
  ADD COLUMN browser text NOT NULL DEFAULT '',
  ADD COLUMN last_used_at bigint;
UPDATE session_families SET last_used_at = created_at;
ALTER TABLE session_families ALTER COLUMN last_used_at SET NOT NULL;

CREATE TABLE totp (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  -- Sealed with the fact `totp-key`.
  secret text NOT NULL,
  created_at bigint NOT NULL,
  -- Null until the first code was entered.
  confirmed_at bigint,
  -- Codes of this step of 30 s and of those before it have been used, or are too old.
  last_step bigint NOT NULL DEFAULT 0
);

-- SHA-256 of 120 random bits. A used code is deleted.
CREATE TABLE recovery_codes (
  hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);

CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- Both base64url; the key in COSE form.
  credential text NOT NULL UNIQUE,
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports jsonb NOT NULL DEFAULT '[]',
  synced boolean NOT NULL,
  name text NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- A sign-in whose password was right and whose second factor is awaited. `hash`: SHA-256 of the ticket.
CREATE TABLE login_tickets (
  hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- SHA-256 of the password's hash: a new password voids the ticket.
  password text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  expires_at bigint NOT NULL
);
CREATE INDEX login_tickets_user ON login_tickets (user_id);

-- What a passkey has to sign, once.
CREATE TABLE passkey_challenges (
  challenge text PRIMARY KEY,
  -- Whose new passkey it is for; null: a sign-in.
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  -- The ticket of the sign-in that it completes; null: a passkey alone.
  ticket text REFERENCES login_tickets (hash) ON DELETE CASCADE,
  expires_at bigint NOT NULL
);
