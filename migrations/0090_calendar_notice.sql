-- Notices of days off and make-up working days that a site adds to the national calendar (工作日历的通知): a local order, or
-- the yearly notice before the software brings it. A notice that ended stays, with who ended it and when.
create table calendar_notice (
  site_id text not null,
  notice_id text not null,
  document_number text not null,
  title text not null,
  -- The year whose yearly notice it is; empty for a local order.
  noticed_year bigint,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  changed_by text not null,
  ended_at bigint,
  version bigint not null,
  primary key (site_id, notice_id)
);
create table calendar_day (
  site_id text not null,
  notice_id text not null,
  day_on text not null,
  off_day boolean not null,
  name text not null,
  primary key (site_id, notice_id, day_on)
);
