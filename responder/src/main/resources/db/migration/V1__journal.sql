-- The journal: what was asked of us, how far it got, and what must still be told. Times are the database's unless said.

CREATE TABLE command (
  command_id       text PRIMARY KEY,
  payment_id       text NOT NULL,
  alert_id         text NOT NULL,
  acquirer_id      text NOT NULL,
  merchant_id      text NOT NULL,
  terminal_id      text,
  capture_id       text,
  action           text NOT NULL CHECK (action IN ('REVERSE', 'REFUND', 'ADJUST', 'RETRY_CAPTURE', 'RETRY_SETTLEMENT')),
  amount           bigint NOT NULL,              -- minor units; signed for ADJUST
  currency         text NOT NULL,
  cause            text NOT NULL,
  approval         text NOT NULL CHECK (approval IN ('AUTOMATIC', 'REQUIRED')),
  approval_reason  text,
  issue            integer NOT NULL,             -- the highest seen
  withdrawn        boolean NOT NULL DEFAULT false,
  issued_at        timestamptz NOT NULL,         -- this and the next two: the detector's clock
  not_before       timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL,
  content          jsonb NOT NULL,               -- the command as it came first, as a JSON line
  content_hash     bytea NOT NULL,               -- SHA-256 of its canonical content, without issue and status
  received_at      timestamptz NOT NULL DEFAULT now(),

  state            text NOT NULL CHECK (state IN
                     ('RECEIVED', 'HELD', 'INQUIRING', 'SENDING', 'UNKNOWN', 'DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED')),
  state_since      timestamptz NOT NULL DEFAULT now(),
  hold_reason      text CHECK (hold_reason IN ('APPROVAL', 'SWITCH', 'BUDGET')),
  due_at           timestamptz NOT NULL,         -- when it is looked at next; the same as its row of scheduled_tasks says
  in_flight        boolean NOT NULL DEFAULT false, -- from the first intent to the end
  in_doubt         boolean NOT NULL DEFAULT false, -- ended ESCALATED after it was sent; until a person closes its case
  attempts         integer NOT NULL DEFAULT 0,     -- sends
  inquiries        integer NOT NULL DEFAULT 0,
  unanswered       integer NOT NULL DEFAULT 0,     -- turns that ended in UNKNOWN
  first_sent_at    timestamptz,
  identifiers      jsonb,                          -- what the first attempt called itself at the acquirer; repeats do the same
  fence            bigint NOT NULL DEFAULT 0,      -- every write of a holder is conditional on it
  claimed_by       text,
  claimed_until    timestamptz,
  detail           text,                           -- why it is where it is; never card data
  done_amount      bigint,
  acquirer_reference text
);

-- At most one command of a payment is between its first intent and its end.
CREATE UNIQUE INDEX command_in_flight ON command (payment_id) WHERE in_flight;
CREATE INDEX command_in_doubt ON command (payment_id) WHERE in_doubt;
CREATE INDEX command_by_payment ON command (payment_id);
CREATE INDEX command_open ON command (state, state_since) WHERE state NOT IN ('DONE', 'NOT_NEEDED', 'FAILED', 'ESCALATED');

-- Each attempt, before it is made.
CREATE TABLE attempt (
  command_id  text NOT NULL REFERENCES command,
  number      integer NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('INQUIRY', 'SEND')),
  fence       bigint NOT NULL,
  intent_at   timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  answer      text,                                -- a code or a few words; never card data
  PRIMARY KEY (command_id, number)
);

-- What must still be told. A row goes in with the end state, and out when the broker has taken it.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic      text NOT NULL CHECK (topic IN ('outcomes', 'reversals')),
  record_key text NOT NULL,
  value      bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  told_at    timestamptz
);
CREATE INDEX outbox_untold ON outbox (id) WHERE told_at IS NULL;

-- Approvals of exactly this content; two different persons above fourEyesAbove.
CREATE TABLE approval (
  command_id   text NOT NULL REFERENCES command,
  person       text NOT NULL,
  content_hash bytea NOT NULL,
  approved_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (command_id, person)
);

-- Switches: a row that is closed stops sending. Scope: 'all', 'acquirer:ID' or 'action:NAME'.
CREATE TABLE kill_switch (
  scope   text PRIMARY KEY,
  closed  boolean NOT NULL,
  reason  text NOT NULL,
  person  text NOT NULL,
  at      timestamptz NOT NULL DEFAULT now()
);

-- Budgets of an acquirer, '*' for those without their own; what goes beyond is held.
CREATE TABLE budget (
  acquirer_id         text PRIMARY KEY,
  commands_per_minute integer NOT NULL CHECK (commands_per_minute >= 0),
  amount_per_hour     bigint NOT NULL CHECK (amount_per_hour >= 0), -- minor units, of each currency
  person              text NOT NULL,
  at                  timestamptz NOT NULL DEFAULT now()
);

-- What was spent of them: one row an intent.
CREATE TABLE spent (
  command_id  text NOT NULL,
  acquirer_id text NOT NULL,
  currency    text NOT NULL,
  amount      bigint NOT NULL,
  at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX spent_by_acquirer ON spent (acquirer_id, at);

-- Everything that a person does, and what the responder does against the rules' expectation. Append-only, hash-chained:
-- hash = SHA-256(previous hash ‖ canonical JSON of the row).
CREATE TABLE audit (
  id       bigint PRIMARY KEY,
  at       timestamptz NOT NULL,
  person   text NOT NULL,                          -- 'responder' for the program itself
  verb     text NOT NULL,
  subject  text NOT NULL,
  detail   jsonb NOT NULL,
  previous bytea NOT NULL,
  hash     bytea NOT NULL
);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
