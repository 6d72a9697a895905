"""How a record is put together: working days, document numbers, HTML pieces. Never reads the clock; nothing here is random."""
import hashlib
from datetime import date, timedelta
from html import escape

# Days off and make-up days of the years used, from the yearly notices of the State Council General Office.
OFF = """2016-01-01 2016-02-07:13 2016-04-04 2016-05-02 2016-06-09:11 2016-09-15:17 2016-10-01:07
2017-01-01:02 2017-01-27:31 2017-02-01:02 2017-04-02:04 2017-05-01 2017-05-28:30 2017-10-01:08
2018-01-01 2018-02-15:21 2018-04-05:07 2018-04-29:30 2018-05-01 2018-06-18 2018-09-24 2018-10-01:07 2018-12-30:31
2019-01-01 2019-02-04:10 2026-01-01:03 2026-02-15:23 2026-04-04:06 2026-05-01:05 2026-06-19:21 2026-09-25:27 2026-10-01:07"""
WORK = """2016-02-06 2016-02-14 2016-06-12 2016-09-18 2016-10-08 2016-10-09 2017-01-22 2017-02-04 2017-04-01 2017-05-27
2017-09-30 2018-02-11 2018-02-24 2018-04-08 2018-04-28 2018-09-29 2018-09-30 2018-12-29 2019-02-02 2019-02-03
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10""".split()


def _off_days():
    days = set()
    for part in OFF.split():
        start, _, last = part.partition(":")
        day = date.fromisoformat(start)
        end = day.replace(day=int(last)) if last else day
        while day <= end:
            days.add(day)
            day += timedelta(1)
    return days


OFF_DAYS, WORK_DAYS = _off_days(), {date.fromisoformat(d) for d in WORK}


def is_working(day):
    return day in WORK_DAYS or (day not in OFF_DAYS and day.weekday() < 5)


def add_working_days(day, n):
    day = date.fromisoformat(str(day))
    while n > 0 or not is_working(day):
        day += timedelta(1)
        if is_working(day) and n > 0:
            n -= 1
    return day


def pick(key, n):
    """A number 0..n-1 that depends on the key alone: the same in every run."""
    return int.from_bytes(hashlib.sha256(("gongkai-demo-2018" + key).encode()).digest()[:6], "big") % n


def office_minute(key):
    """A minute inside the office hours of the disclosure office."""
    minute = pick("m" + key, 170 + 195)
    minute = 8 * 60 + 35 + minute if minute < 170 else 13 * 60 + 35 + minute - 170
    return f"{minute // 60:02}:{minute % 60:02}"


def cn(day):
    y, m, d = str(day).split("-")
    return f"{y}年{int(m)}月{int(d)}日"


def p(*texts):
    return "".join(f"<p>{t}</p>" for t in texts)


def h2(text):
    return f"<h2>{text}</h2>"


def items(*texts, ordered=False):
    tag = "ol" if ordered else "ul"
    return f"<{tag}>" + "".join(f"<li>{t}</li>" for t in texts) + f"</{tag}>"


def table(caption, head, rows, row_heads=False):
    out = [f"<table><caption>{caption}</caption><thead><tr>"]
    out += [f'<th scope="col">{c}</th>' for c in head]
    out.append("</tr></thead><tbody>")
    for row in rows:
        cells = [f"<td>{c}</td>" for c in row]
        if row_heads:
            cells[0] = f'<th scope="row">{row[0]}</th>'
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "".join(out) + "</tbody></table>"


def figure(file, alt, caption):
    """The address of a picture is the `file` of an attachment of the same record."""
    return f'<figure><img src="{file}" alt="{escape(alt)}"></figure><p><em>{caption}</em></p>'


NUMERALS = "零一二三四五六七八九十"


def numeral(n):
    if n <= 10:
        return NUMERALS[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def articles(texts):
    return "".join(f"<p><strong>第{numeral(i)}条</strong>　{t}</p>" for i, t in enumerate(texts, 1))


def sections(pairs):
    """pairs: (heading, [paragraphs or ready HTML])"""
    out = []
    for i, (heading, body) in enumerate(pairs, 1):
        out.append(h2(f"{numeral(i)}、{heading}"))
        out += [b if b.startswith("<") else p(b) for b in body]
    return "".join(out)
