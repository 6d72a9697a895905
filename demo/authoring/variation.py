"""Sentences that vary: a little language of choices and numbers, resolved by a key alone, so that every run gives the same words.

`{甲|乙|丙}` is one of them, `{12~40}` a whole number, `{1.2~3.4}` one with a decimal, `{name}` a value handed in. Choices may be nested.
"""
import re
from datetime import date, timedelta

from .core import add_working_days, is_working, pick

INNER = re.compile(r"\{([^{}]*)\}")
RANGE = re.compile(r"(\d+(?:\.\d)?)~(\d+(?:\.\d)?)")


def say(key, text, **values):
    """The text with every brace resolved."""
    count = 0

    def resolve(match):
        nonlocal count
        count += 1
        inner = match[1]
        if inner in values:
            return str(values[inner])
        span = RANGE.fullmatch(inner)
        if not span:
            options = inner.split("|")
            return options[pick(f"{key}#{count}", len(options))]
        low, high = span[1], span[2]
        if "." in low:
            steps = round((float(high) - float(low)) * 10)
            return f"{float(low) + pick(f'{key}#{count}', steps + 1) / 10:.1f}"
        return str(int(low) + pick(f"{key}#{count}", int(high) - int(low) + 1))

    while True:
        replaced = INNER.sub(resolve, text)
        if replaced == text:
            return text
        text = replaced


def one(key, options):
    return options[pick(key, len(options))]


def some(key, options, n):
    """n of the options, in an order of the key's own."""
    ranked = sorted(range(len(options)), key=lambda i: (pick(f"{key}/{i}", 1 << 40), i))
    return [options[i] for i in ranked[:n]]


def number(key, low, high):
    return low + pick(key, high - low + 1)


def working_day(key, first, last):
    """A working day of the span, both ends counted."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    days = [d for d in days if is_working(d)]
    return str(days[pick(key + "day", len(days))])


def in_month(key, month, low=3, high=26, year=2018):
    return working_day(key, f"{year}-{month:02}-{low:02}", f"{year}-{month:02}-{high:02}")


def later(on, n):
    return str(add_working_days(on, n))
