"""The second, small demonstration site. (Filled in below.)"""
from . import places

SITE = dict(places.SITE)
COLUMNS, DEFAULTS = [], {}
def records(): pass
def organs_toml(t): return ""
def editions(r, b): return []
def withdrawn(k): return None
