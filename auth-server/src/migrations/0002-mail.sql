-- Times are ms since the epoch.

-- A new address that its owner has not confirmed yet.
ALTER TABLE users ADD COLUMN pending_email text;

-- Links that were sent: `hash` is the SHA-256 of the token in the link.
CREATE TABLE IF NOT EXISTS email_tokens (
  hash text PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('verify_email', 'reset_password', 'change_email')),
  -- The address that the link went to.
  email text NOT NULL,
  -- The job that sent it: a repeat of the job voids no link of its own.
  job uuid,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  -- When it was used, or voided by a newer one.
  used_at bigint
);
CREATE INDEX email_tokens_user ON email_tokens (user_id, kind);
CREATE INDEX email_tokens_expires ON email_tokens (expires_at);

-- Mails of a server without SMTP, for its operator to read.
CREATE TABLE mail_outbox (
  id uuid PRIMARY KEY,
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  html text NOT NULL,
  sent_at bigint NOT NULL
);
CREATE INDEX mail_outbox_sent ON mail_outbox (sent_at);
