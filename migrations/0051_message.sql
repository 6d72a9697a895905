-- Messages on an officer's desk, and which of them go by e-mail too. A message waits for a letter while it wants one,
-- is unread and has none.
create table message (
  site_id text not null,
  message_id text not null,
  account_id text not null,
  kind text not null,
  text text not null,
  href text not null,
  created_at bigint not null,
  read_at bigint,
  wants_letter boolean not null,
  letter_id text,
  mailed_at bigint,
  primary key (site_id, message_id)
);
create index message_of_account on message (site_id, account_id, created_at, message_id);
create index message_by_reading on message (site_id, account_id, read_at);
create index message_by_mailing on message (site_id, account_id, mailed_at);

-- What an officer chose; kinds without a row are as the product has them.
create table message_preference (
  site_id text not null,
  account_id text not null,
  kind text not null,
  by_mail boolean not null,
  primary key (site_id, account_id, kind)
);
