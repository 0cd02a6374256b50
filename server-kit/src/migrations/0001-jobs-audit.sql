-- What both servers use. Times are ms since the epoch.

-- Work that must be done once its transaction is committed, whatever crashes in between. A job that is done is deleted.
CREATE TABLE jobs (
  id uuid PRIMARY KEY,
  type text NOT NULL,
  -- Never a secret: tokens are made when the job runs.
  payload jsonb NOT NULL,
  run_at bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Set while a worker has it; another may take it once this has passed.
  locked_until bigint,
  locked_by uuid,
  -- Set when it was given up; kept for the operator.
  failed_at bigint,
  error text,
  created_at bigint NOT NULL
);
CREATE INDEX jobs_due ON jobs (type, run_at) WHERE failed_at IS NULL;

-- Who did what to whom. Append-only: rows are neither changed nor deleted.
CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  -- Null: the system itself, or someone who is not signed in.
  actor uuid,
  action text NOT NULL,
  target_kind text,
  target_id text,
  room_id uuid,
  -- Never bodies, tokens, passwords or addresses.
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_actor ON audit_log (actor, id);
CREATE INDEX audit_log_target ON audit_log (target_id, id);

CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_refuse();
CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();
