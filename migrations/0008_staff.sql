-- Accounts of staff. What could reach or impersonate a person (e-mail, telephone, secret of the second factor) is sealed.
create table staff_account (
  site_id text not null,
  account_id text not null,
  login text not null,
  name text not null,
  email_sealed text,
  phone_sealed text,
  state text not null,
  password_hash text not null,
  password_set_at bigint not null,
  must_change_password boolean not null,
  n_failures bigint not null,
  locked_until bigint,
  totp_sealed text,
  totp_confirmed_at bigint,
  totp_last_step bigint,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, account_id)
);
create unique index staff_account_login on staff_account (site_id, login);

-- Earlier passwords, so that the last five do not come back.
create table staff_old_password (
  site_id text not null,
  account_id text not null,
  set_at bigint not null,
  password_hash text not null,
  primary key (site_id, account_id, set_at)
);

-- A role held for an organ, for a time; acting for somebody else where that is named.
create table staff_grant (
  site_id text not null,
  grant_id text not null,
  account_id text not null,
  organ_id text not null,
  role text not null,
  from_on text not null,
  to_on text,
  acting_for text,
  basis text not null,
  granted_by text not null,
  granted_at bigint not null,
  primary key (site_id, grant_id)
);
create index staff_grant_by_account on staff_grant (site_id, account_id);
create index staff_grant_by_role on staff_grant (site_id, role, organ_id);

-- Sessions by the hash of their token; the token itself is known to the browser alone.
create table staff_session (
  site_id text not null,
  session_hash text not null,
  account_id text not null,
  stage text not null,
  created_at bigint not null,
  seen_at bigint not null,
  ended_at bigint,
  address text not null,
  agent text not null,
  primary key (site_id, session_hash)
);
create index staff_session_by_account on staff_session (site_id, account_id, created_at);

-- Codes for the day the second factor is lost, each good once.
create table staff_recovery_code (
  site_id text not null,
  account_id text not null,
  code_hash text not null,
  used_at bigint,
  primary key (site_id, account_id, code_hash)
);

-- The organ that answers for a record: its officers may work on it.
alter table document add column responsible_organ_id text;
create index document_by_organ on document (site_id, responsible_organ_id, state);

-- From where an act came; acts of commands have no address.
alter table audit_entry add column address text not null default '';
create index audit_entry_by_actor on audit_entry (site_id, actor, position);
