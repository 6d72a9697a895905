"""The counts that somebody would type for the same report, one statement a figure; prints milliseconds, median of rounds.

    python3 benches/annual_report/plain_counts.py DATABASE SITE_CODE ROUNDS
"""

import sqlite3
import statistics
import sys
import time

FROM, TO = "2018-01-01", "2018-12-31"
DOCUMENTS = "select count(*) from document d where d.site_id = :site and d.state = 'live' and d.listed_on between :from and :to"
CASES = "select count(*) from service_case where site_id = :site and accepted_on between :from and :to"
COUNTS = [
    DOCUMENTS,
    DOCUMENTS + " and d.content_type = 'normative_document'",
    DOCUMENTS + " and d.column_id in (select column_id from site_column where site_id = :site and key_area is not null)",
    "select count(*) from wechat_article where site_id = :site and published_on between :from and :to and withdrawn_on is null",
    "select count(*) from service_item where site_id = :site and entered_on <= :to",
    CASES + " and route <> 'online'",
    CASES + " and route = 'online'",
    CASES + " and route = 'online' and handling = 'accepted'",
    CASES + " and route = 'online' and handling = 'pushed'",
    # The diagrams: by month and by key area.
    "select substr(listed_on, 1, 7), count(*) from document where site_id = :site and state = 'live'"
    " and listed_on between :from and :to group by 1",
    "select c.key_area, count(*) from document d join site_column c on c.site_id = d.site_id and c.column_id = d.column_id"
    " where d.site_id = :site and d.state = 'live' and d.listed_on between :from and :to and c.key_area is not null group by 1",
    "select substr(published_on, 1, 7), count(*) from wechat_article where site_id = :site"
    " and published_on between :from and :to and withdrawn_on is null group by 1",
]


def main(path: str, code: str, rounds: int) -> None:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    site = database.execute("select site_id from site where code = ?", (code,)).fetchone()[0]
    values = {"site": site, "from": FROM, "to": TO}
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        for sql in COUNTS:
            database.execute(sql, values).fetchall()
        took.append((time.perf_counter() - began) * 1_000)
    print(f"{statistics.median(took):.2f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
