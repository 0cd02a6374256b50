-- Times are ms since the epoch.

-- When the person behind a session last showed all that the account asks for: at sign-in, and whenever it was confirmed since.
ALTER TABLE session_families ADD COLUMN authenticated_at bigint NOT NULL DEFAULT 0;
UPDATE session_families SET authenticated_at = created_at;

-- Set by a confirmation, which this token was used for: a successor that it gets later is not confirmed.
ALTER TABLE sessions ADD COLUMN confirmed boolean NOT NULL DEFAULT false;

-- Accounts that must have a second factor and have none (`auth_settings`, key `second_factor`): both servers ask here before they let somebody in.
CREATE VIEW second_factor_missing AS
  SELECT u.id AS user_id FROM auth_settings s JOIN users u ON s.value = 'everyone' OR (s.value = 'administrators' AND u.role = 'admin')
   WHERE s.key = 'second_factor' AND u.deleted_at IS NULL
     AND NOT EXISTS (SELECT FROM totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL)
     AND NOT EXISTS (SELECT FROM passkeys p WHERE p.user_id = u.id);

-- Failed attempts of an account are counted before another is written.
CREATE INDEX audit_log_failures ON audit_log (target_id, at) WHERE action IN ('account.sign_in_failed', 'account.confirmation_failed');
