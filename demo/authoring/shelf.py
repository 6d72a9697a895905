"""The one list on which the authoring modules lay their records. Orders and checks nothing."""

RECORDS = []


def lay(column, key, on, organ, title, body, **more):
    """`more`: any field of a record, and pub (exact time), late (working days), days (usual delay), doc (document-number word)."""
    RECORDS.append(dict(column=column, key=key, on=on, organ=organ, title=title, body=body, **more))
