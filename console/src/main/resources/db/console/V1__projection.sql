-- A projection of the topics: everything here can be made again from them (console rebuild). Times are of the records, UTC.

-- How far each partition was read, in the transaction that wrote what was read.
CREATE TABLE position (
    topic          text   NOT NULL,
    partition      int    NOT NULL,
    next_offset    bigint NOT NULL,
    -- The newest timestamp of any record, pulses too: how far the clock of a feed has come.
    clock_at       timestamptz,
    -- The newest timestamp of a record that is no pulse.
    record_at      timestamptz,
    unreadable     bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
);

-- One row. A rebuild begins a new generation, and whoever reads for an older one starts again.
CREATE TABLE generation (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    number int NOT NULL
);
INSERT INTO generation (number) VALUES (1);

-- The newest revision of each alert.
CREATE TABLE alert (
    alert_id    text PRIMARY KEY,
    revision    int  NOT NULL,
    status      text NOT NULL,
    type        text NOT NULL,
    severity    text NOT NULL,
    -- For sorting: INFO 0, WARNING 1, CRITICAL 2.
    urgency     smallint NOT NULL,
    scope       text NOT NULL,
    payment_id  text,
    subject     text,
    acquirer_id text,
    merchant_id text,
    terminal_id text,
    detected_at timestamptz NOT NULL,
    raised_at   timestamptz NOT NULL,
    amount      bigint,
    currency    text,
    cause       text NOT NULL,
    command_id  text,
    evidence    text
);
CREATE INDEX alert_newest ON alert (detected_at DESC, alert_id DESC);
CREATE INDEX alert_standing ON alert (detected_at DESC, alert_id DESC) WHERE status = 'RAISED';
CREATE INDEX alert_payment ON alert (payment_id);
CREATE INDEX alert_terminal ON alert (terminal_id, raised_at) WHERE terminal_id IS NOT NULL;

-- Every revision that was seen.
CREATE TABLE alert_change (
    alert_id    text NOT NULL,
    revision    int  NOT NULL,
    status      text NOT NULL,
    severity    text NOT NULL,
    amount      bigint,
    currency    text,
    cause       text NOT NULL,
    detected_at timestamptz NOT NULL,
    PRIMARY KEY (alert_id, revision)
);

-- Alerts that were raised for the first time, by minute of the detector's clock.
CREATE TABLE alert_minute (
    minute timestamptz NOT NULL,
    type   text NOT NULL,
    raised int  NOT NULL,
    PRIMARY KEY (minute, type)
);

CREATE TABLE command (
    command_id      text PRIMARY KEY,
    issue           int  NOT NULL,
    status          text NOT NULL,
    alert_id        text NOT NULL,
    payment_id      text NOT NULL,
    acquirer_id     text NOT NULL,
    merchant_id     text NOT NULL,
    terminal_id     text,
    action          text NOT NULL,
    amount          bigint NOT NULL,
    currency        text NOT NULL,
    approval        text NOT NULL,
    approval_reason text,
    issued_at       timestamptz NOT NULL,
    not_before      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL
);
CREATE INDEX command_payment ON command (payment_id);
CREATE INDEX command_issued ON command (issued_at);

-- The first outcome of each command.
CREATE TABLE outcome (
    command_id  text PRIMARY KEY,
    payment_id  text NOT NULL,
    result      text NOT NULL,
    amount      bigint NOT NULL,
    currency    text NOT NULL,
    occurred_at timestamptz NOT NULL,
    detail      text
);
CREATE INDEX outcome_payment ON outcome (payment_id);
CREATE INDEX outcome_time ON outcome (occurred_at);

-- What the feeds say of each payment; without the card's token.
CREATE TABLE feed_record (
    payment_id    text NOT NULL,
    feed          text NOT NULL,
    event_id      text NOT NULL,
    occurred_at   timestamptz NOT NULL,
    arrived_at    timestamptz NOT NULL,
    acquirer_id   text NOT NULL,
    merchant_id   text NOT NULL,
    terminal_id   text,
    kind          text,
    status        text NOT NULL,
    amount        bigint NOT NULL,
    currency      text NOT NULL,
    response_code text,
    -- captureId, settlementId or reversalId.
    subject       text,
    capture_id    text,
    PRIMARY KEY (payment_id, feed, event_id)
);
CREATE INDEX feed_record_arrived ON feed_record USING brin (arrived_at);

-- When an acquirer was last heard of on each feed.
CREATE TABLE feed_acquirer (
    acquirer_id text NOT NULL,
    feed        text NOT NULL,
    last_at     timestamptz NOT NULL,
    records     bigint NOT NULL,
    PRIMARY KEY (acquirer_id, feed)
);

-- Records that were refused, by feed and error.
CREATE TABLE dead_letter (
    feed    text NOT NULL,
    error   text NOT NULL,
    last_at timestamptz NOT NULL,
    records bigint NOT NULL,
    PRIMARY KEY (feed, error)
);

-- Every change of a policy; content is null where a scope was returned to what the wider ones say.
CREATE TABLE policy_change (
    partition int    NOT NULL,
    at_offset bigint NOT NULL,
    scope     text   NOT NULL,
    at        timestamptz NOT NULL,
    person    text,
    reason    text,
    content   text,
    PRIMARY KEY (partition, at_offset)
);
CREATE INDEX policy_change_scope ON policy_change (scope, at_offset DESC);
