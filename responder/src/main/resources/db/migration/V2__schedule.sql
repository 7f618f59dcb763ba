-- When each command is looked at next, and who looks at it: the table of db-scheduler 16, by its own names. The journal
-- writes to it in the transactions that change a command, so that a command and its schedule never disagree.
CREATE TABLE scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
) WITH (
  -- A queue: rows come and go at its head. Left to the defaults, dead rows would slow each poll.
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time) WHERE NOT picked;
CREATE INDEX scheduled_tasks_picked ON scheduled_tasks (last_heartbeat) WHERE picked;

-- The responders that run, each heard of lately: they share an acquirer's rate.
CREATE TABLE instance (
  name    text PRIMARY KEY,
  seen_at timestamptz NOT NULL
);
