"""Fills the database of a fresh site with a year of work: a million rows that the annual report counts.

    python3 benches/annual_report/fill.py DATABASE SITE_CODE [ROWS]

Written into the tables directly: this is about counting, not about publishing. Deterministic.
"""

import random
import sqlite3
import sys
import uuid
from datetime import date, timedelta

YEAR = 2018
#: How the rows are divided: records of the website, cases, articles.
SHARES = {"document": 0.55, "service_case": 0.40, "wechat_article": 0.05}
ROUTES = [("dedicated_net", "accepted"), ("intranet", "accepted"), ("paper", "accepted"), ("online", "pushed")]


def main(path: str, code: str, rows: int = 1_000_000) -> None:
    database = sqlite3.connect(path)
    database.execute("pragma synchronous = off")
    site = database.execute("select site_id from site where code = ?", (code,)).fetchone()[0]
    chance = random.Random(YEAR)
    fresh = lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4))  # noqa: E731
    columns = [row[0] for row in database.execute("select column_id from site_column where site_id = ?", (site,))]
    kinds = ["notice", "policy_document", "normative_document", "government_news", "budget", "other"]
    organs = [fresh() for _ in range(60)]
    days = [(date(YEAR, 1, 1) + timedelta(days=day)).isoformat() for day in range(365)]
    for at, organ in enumerate(organs):
        database.execute(
            "insert into organ (site_id, organ_id, code, kind, short_name, duties, contact, valid_from_on, sort, version)"
            " values (?, ?, ?, 'department', ?, '', '{}', '2008-01-01', ?, 1)",
            (site, organ, f"bench-{at}", f"演示{at}", at),
        )
        database.execute(
            "insert into organ_name (site_id, organ_id, name, from_on) values (?, ?, ?, '2008-01-01')",
            (site, organ, f"演示单位{at}"),
        )

    def documents(count: int):
        for at in range(count):
            day = chance.choice(days)
            yield (
                site, fresh(), chance.choice(kinds), chance.choice(columns), f"bench-{at}", at + 1_000_000,
                1_514_764_800_000 + at, fresh(), day, chance.choice(organs),
            )  # fmt: skip

    database.executemany(
        "insert into document (site_id, document_id, content_type, column_id, state, index_number, public_number,"
        " first_published_at, live_edition_id, listed_on, validity, created_at, version, responsible_organ_id)"
        " values (?, ?, ?, ?, 'live', ?, ?, ?, ?, ?, 'in_force', 0, 1, ?)",
        documents(int(rows * SHARES["document"])),
    )
    database.executemany(
        "insert into service_case (site_id, case_id, number, organ_id, route, handling, accepted_on, result, created_at, version)"
        " values (?, ?, ?, ?, ?, ?, ?, '', 0, 1)",
        (
            (site, fresh(), f"B{at:07}", chance.choice(organs), *chance.choice(ROUTES), chance.choice(days))
            for at in range(int(rows * SHARES["service_case"]))
        ),
    )
    database.executemany(
        "insert into wechat_article (site_id, article_id, organ_id, account, title, address, published_on, created_at, version)"
        " values (?, ?, ?, '演示', ?, '', ?, 0, 1)",
        (
            (site, fresh(), chance.choice(organs), f"演示文章{at}", chance.choice(days))
            for at in range(int(rows * SHARES["wechat_article"]))
        ),
    )
    database.commit()
    database.execute("analyze")
    database.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
