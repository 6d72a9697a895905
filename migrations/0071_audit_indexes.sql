-- A page of the log costs the same whatever its length: each filter has the order of the chain behind it.
drop index audit_entry_by_object;
create index audit_entry_by_object on audit_entry (site_id, object_id, position);
create index audit_entry_by_action on audit_entry (site_id, action, position);
create index audit_entry_by_address on audit_entry (site_id, address, position);
create index audit_entry_by_time on audit_entry (site_id, at);
