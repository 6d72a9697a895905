-- Whoever changed an edition after it was made (who made it stands in edition.created_by): none of them judges it.
create table edition_author (
  site_id text not null,
  edition_id text not null,
  actor text not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (site_id, edition_id, actor)
);

-- How often the files of an edition changed, beside the version of its text.
alter table edition add column files_version bigint not null default 0;

-- The rounds of review of a column; columns below it take the same unless they have their own.
create table review_way (
  site_id text not null,
  column_id text not null,
  rounds text not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (site_id, column_id)
);

-- What a site sets of the way: the rounds of columns without their own, separation of duty, time limits.
create table review_setting (
  site_id text not null,
  rounds text not null,
  reviewer_may_sign boolean not null,
  secrecy_may_be_shared boolean not null,
  step_days bigint not null,
  afterwards_days bigint not null,
  link_hours bigint not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (site_id)
);

-- An edition on its way. `content` is the digest of what it said when the case was last looked at.
create table review_case (
  site_id text not null,
  case_id text not null,
  edition_id text not null,
  document_id text not null,
  stage text not null,
  round bigint not null,
  content text not null,
  way text not null,
  edition_version bigint not null,
  emergency boolean not null,
  submitted_by text,
  submitted_at bigint,
  changed_at bigint not null,
  version bigint not null,
  primary key (site_id, case_id)
);
create unique index review_case_edition on review_case (site_id, edition_id);
create index review_case_stage on review_case (site_id, stage, changed_at);

-- The history of a case, append-only: submissions, changes, decisions, publication.
create table review_entry (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  at bigint not null,
  deed text not null,
  gate text,
  round bigint,
  party bigint,
  target text,
  actor text,
  acting_for text,
  issued_by text,
  content text not null,
  reason text not null,
  marks text not null,
  primary key (site_id, case_id, position)
);

-- For whom a case waits now: the holders of a role for an organ, or one account.
create table review_open_step (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  work text not null,
  round bigint not null,
  party bigint not null,
  role text,
  organ_id text,
  login text,
  since_at bigint not null,
  due_on text not null,
  escalated_at bigint,
  primary key (site_id, case_id, position)
);
create index review_open_step_role on review_open_step (site_id, role, organ_id);
create index review_open_step_login on review_open_step (site_id, login);
create index review_open_step_due on review_open_step (site_id, due_on);

-- What a reviewer had before his eyes, under its digest.
create table review_snapshot (
  site_id text not null,
  content text not null,
  edition_id text not null,
  body text not null,
  taken_at bigint not null,
  primary key (site_id, content)
);
create index review_snapshot_edition on review_snapshot (site_id, edition_id);

-- The form of a secrecy review (保密审查表), beside the entry of its decision.
create table secrecy_form (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  opinion text not null,
  bases text not null,
  note text not null,
  masked text not null,
  primary key (site_id, case_id, position)
);

-- One-time links for leaders without an account: one step of one content, by the mark of the token.
create table review_link (
  site_id text not null,
  mark text not null,
  case_id text not null,
  gate text not null,
  round bigint not null,
  party bigint not null,
  content text not null,
  holder text not null,
  issued_by text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  withdrawn_at bigint,
  primary key (site_id, mark)
);
create index review_link_case on review_link (site_id, case_id, issued_at);
