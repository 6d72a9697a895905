-- Service items (政务服务事项) with their guide, and every case (办件) as a row: totals are counted, never typed.
create table service_item (
  site_id text not null,
  item_id text not null,
  organ_id text not null,
  code text not null,
  name text not null,
  kind text not null,
  basis text not null,
  conditions text not null,
  materials text not null,
  procedure text not null,
  place text not null,
  hours text not null,
  phone text not null,
  complaint_phone text not null,
  fee text not null,
  result text not null,
  statutory_days bigint,
  promised_days bigint,
  online_address text not null,
  entered_on text not null,
  ended_on text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, item_id)
);
create unique index service_item_code on service_item (site_id, code);
create index service_item_by_organ on service_item (site_id, organ_id, entered_on);

-- route: dedicated_net, intranet, paper, online; handling: accepted, pushed.
create table service_case (
  site_id text not null,
  case_id text not null,
  number text not null,
  item_id text,
  organ_id text not null,
  route text not null,
  handling text not null,
  accepted_on text not null,
  closed_on text,
  result text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, case_id)
);
create unique index service_case_number on service_case (site_id, number);
create index service_case_by_day on service_case (site_id, accepted_on, route, handling, organ_id);
create index service_case_by_item on service_case (site_id, item_id);
