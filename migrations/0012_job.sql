-- Work beside the requests. `tenant` is the site's id: the crate that takes these rows knows no sites.
create table job (
  tenant text not null,
  job_id text not null,
  kind text not null,
  payload text not null,
  waiting_key text,
  state text not null,
  due_at bigint,
  turn bigint not null,
  failures bigint not null,
  owner text,
  done bigint not null,
  total bigint not null,
  note text not null,
  stop_asked boolean not null,
  error text,
  created_at bigint not null,
  created_by text not null,
  started_at bigint,
  ended_at bigint,
  primary key (tenant, job_id)
);
-- Of the jobs that wait, one for each key.
create unique index job_waiting on job (tenant, kind, waiting_key);
-- When a row next needs somebody: ready ones at their hour, taken ones when their lease ends; ended ones never.
create index job_due on job (due_at);
create index job_newest on job (tenant, created_at, job_id);

-- The last day on which a daily kind was enqueued.
create table job_daily (
  tenant text not null,
  kind text not null,
  last_on text not null,
  primary key (tenant, kind)
);
