-- What people look at and decide. Times are the database's unless said.

-- The latest revision of each alert that somebody may have to look at: one with a command or a case, and one that stands
-- without a command. Bounded by retention (AlertViews).
CREATE TABLE alert_view (
  alert_id    text PRIMARY KEY,
  revision    integer NOT NULL,
  status      text NOT NULL CHECK (status IN ('RAISED', 'CLEARED')),
  type        text NOT NULL,
  severity    text NOT NULL,
  payment_id  text,
  acquirer_id text,
  merchant_id text,
  command_id  text,
  amount      bigint,                       -- at risk, minor units
  currency    text,
  detected_at timestamptz NOT NULL,         -- the detector's clock
  content     jsonb NOT NULL,               -- the whole alert as a JSON line, evidence included
  seen_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX alert_view_standing ON alert_view (detected_at DESC, alert_id DESC) WHERE status = 'RAISED';
CREATE INDEX alert_view_by_age ON alert_view (seen_at);

-- A case: what is wrong, who looks after it, and whose turn it is to answer.
CREATE TABLE case_file (
  case_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id    text NOT NULL,
  command_id  text REFERENCES command,
  payment_id  text,
  acquirer_id text,
  merchant_id text,
  opened_why  text NOT NULL CHECK (opened_why IN ('APPROVAL', 'ESCALATED', 'BY_PERSON')),
  opened_by   text NOT NULL,                -- 'responder' for the program itself
  opened_at   timestamptz NOT NULL DEFAULT now(),
  assignee    text,
  rung        text NOT NULL CHECK (rung IN ('MERCHANT', 'ACQUIRER', 'SCHEME_OR_INSTITUTION', 'REGULATOR')),
  rung_since  timestamptz NOT NULL DEFAULT now(),
  due_at      timestamptz NOT NULL,         -- of this rung
  closed_at   timestamptz,
  closed_by   text,
  resolution  text CHECK (resolution IN ('REMEDIED', 'NOT_NEEDED', 'RECOVERED_OTHERWISE', 'WRITTEN_OFF', 'NO_FAULT')),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (resolution IS NULL))
);
-- An alert has one open case at most, and a command one case in all.
CREATE UNIQUE INDEX case_open_of_alert ON case_file (alert_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX case_of_command ON case_file (command_id) WHERE command_id IS NOT NULL;
CREATE INDEX case_open_by_due ON case_file (due_at) WHERE closed_at IS NULL;

CREATE TABLE case_note (
  case_id  bigint NOT NULL REFERENCES case_file,
  number   integer NOT NULL,
  at       timestamptz NOT NULL DEFAULT now(),
  person   text NOT NULL,
  note     text NOT NULL,
  PRIMARY KEY (case_id, number)
);

-- Each revision of its alert that was seen while the case was open. Kept as long as the case.
CREATE TABLE case_evidence (
  case_id  bigint NOT NULL REFERENCES case_file,
  revision integer NOT NULL,
  seen_at  timestamptz NOT NULL DEFAULT now(),
  content  jsonb NOT NULL,
  PRIMARY KEY (case_id, revision)
);

-- The order in which commands are listed, and what a person must decide.
CREATE INDEX command_by_arrival ON command (received_at DESC, command_id DESC);
CREATE INDEX command_for_case ON command (received_at)
  WHERE state = 'ESCALATED' OR (approval = 'REQUIRED' AND state IN ('RECEIVED', 'HELD'))
    OR (state = 'HELD' AND hold_reason = 'APPROVAL');
CREATE INDEX audit_by_subject ON audit (subject, id);
-- For counting the ends without reading the commands.
CREATE INDEX command_ended ON command (state) WHERE state IN ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED');
