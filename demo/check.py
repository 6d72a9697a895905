#!/usr/bin/env python3
"""Checks the demonstration sites and prints what they hold. Uses the standard library only; exits 1 when something is wrong."""
import csv
import html
import json
import re
import sys
import tomllib
import zipfile
from collections import Counter
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from authoring.core import add_working_days, is_working  # noqa: E402

TAGS = set("p h2 h3 table caption thead tbody tr th td ul ol li strong em a blockquote figure img".split())
ATTRS = {"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "a": {"href"}, "img": {"src", "alt"}}
KINDS = {path.stem for path in (Path(__file__).resolve().parent.parent / "reference" / "content_types").glob("*.toml")}
GENRES = set("命令 决定 公告 通告 通知 通报 议案 报告 请示 批复 意见 函 会议纪要 公报 决议 公示 其他".split())
REQUIRED = {path.stem: [h["field"] for h in tomllib.loads(path.read_text())["head"] if h["required"]] for path in (Path(__file__).resolve().parent.parent / "reference" / "content_types").glob("*.toml")}
GIVEN = {"index_number", "published_on", "issuing_organ"}  # by the product, or told by the organ's code
FIELDS = set("""key column content_type title document_number organ written_on published_at in_force_on expires_on subject_category genre disclosure_class disclosure_reason summary keywords source body
attachments editions withdrawn repeals interprets relates state publish_at""".split())
NUMBER = re.compile(r"^[\u4e00-\u9fa5]{2,15}〔\d{4}〕[1-9]\d{0,3}号$|^国务院令第\d+号$")
PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
problems = []


def wrong(*words):
    problems.append(" ".join(str(w) for w in words))


class Well(HTMLParser):
    """Every tag known, opened and closed in order."""

    def __init__(self, key):
        super().__init__()
        self.key, self.open, self.images = key, [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS or {a for a, _ in attrs} - ATTRS.get(tag, set()):
            wrong(self.key, "tag or attribute", tag, attrs)
        if tag == "img":
            self.images.append(dict(attrs)["src"])
            if not dict(attrs).get("alt"):
                wrong(self.key, "picture without alt")
        else:
            if tag in ("p", "h2", "table", "ul", "ol") and "p" in self.open:
                wrong(self.key, tag, "inside p")
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            wrong(self.key, "closing tag", tag)


def check_site(folder):
    root = HERE / folder
    site = tomllib.loads((root / "site.toml").read_text())
    organs = tomllib.loads((root / "organs.toml").read_text())
    columns = tomllib.loads((root / "columns.toml").read_text())["column"]
    records = [json.loads(line) for line in (root / "records.jsonl").read_text().splitlines()]
    if not re.fullmatch(site["region_code"] + r"\d{4}", site["identification_code"]):
        wrong(folder, "identification code")
    by_organ, by_column = {o["code"]: o for o in organs["organ"]}, {c["code"]: c for c in columns}
    for o in organs["organ"]:
        if o.get("parent") and o["parent"] not in by_organ:
            wrong(folder, "parent of organ", o["code"])
    for change in organs.get("change", []):
        for code in change["from"] + change["to"]:
            if code not in by_organ:
                wrong(folder, "change names", code)
    for c in columns:
        if c.get("parent", c["code"]) not in by_column or c["owner"] not in by_organ:
            wrong(folder, "column", c["code"])
    keys = Counter(r["key"] for r in records)
    numbers = Counter(r["document_number"] for r in records if r.get("document_number"))
    for key, n in (keys + numbers).items():
        if n > 1:
            wrong(folder, "twice:", key)
    titles = Counter(r["title"] for r in records)
    for title, n in titles.items():
        if n > 1:
            wrong(folder, "title twice:", title)
    for r in records:
        check_record(r, root, keys, by_organ, by_column)
    used = {a["file"] for r in records for a in r.get("attachments", [])}
    for path in (root / "files").iterdir():
        check_file(path, path.name in used)
    print_counts(folder, organs, columns, records, root)


def check_record(r, root, keys, organs, columns):
    key = r["key"]
    if set(r) - FIELDS:
        wrong(key, "unknown field", set(r) - FIELDS)
    if not re.fullmatch(r"[a-z0-9-]+", key) or r["content_type"] not in KINDS or r["genre"] not in GENRES or not re.fullmatch(r"[^/]+/[^/]+", r["subject_category"]):
        wrong(key, "key, content type, genre or subject", r["content_type"], r["genre"], r["subject_category"])
    for field in REQUIRED.get(r["content_type"], []):
        if field not in GIVEN and not r.get(field) and not r.get("state"):
            wrong(key, "lacks what its content type asks for:", field)
    if r["column"] not in columns or r["organ"] not in organs:
        return wrong(key, "column or organ", r["column"], r["organ"])
    written = date.fromisoformat(r["written_on"])
    organ = organs[r["organ"]]
    if not organ["valid_from_on"] <= r["written_on"] <= organ.get("valid_to_on", "9999") and r["content_type"] != "law":
        wrong(key, "organ did not exist on", r["written_on"], r["organ"])
    if r.get("document_number") and not NUMBER.match(r["document_number"]):
        wrong(key, "number", r["document_number"])
    if not r.get("state"):
        at = datetime.strptime(r["published_at"], "%Y-%m-%d %H:%M")
        if at.date() < written or at >= datetime(2026, 11, 21):
            wrong(key, "published", r["published_at"], "written", written)
        last = r["published_at"]
        for e in r.get("editions", []):
            if e["published_at"] <= last or not e["change_reason"] or e["body"] == r["body"]:
                wrong(key, "edition", e["published_at"])
            last = e["published_at"]
        if r.get("withdrawn") and r["withdrawn"]["at"] <= last:
            wrong(key, "withdrawn before published")
    elif r["state"] == "scheduled" and not r["publish_at"].startswith("2099"):
        wrong(key, "scheduled")
    if not is_working(written) and r["content_type"] != "law":
        wrong(key, "written on a day off", written)
    if r.get("in_force_on", "9999") < r["written_on"] or r.get("expires_on", "9999") < r.get("in_force_on", "0000"):
        wrong(key, "in force, expiry")
    if r["disclosure_class"] != "proactive" and (not r.get("disclosure_reason") or r["body"]):
        wrong(key, "restricted record needs a reason and no body")
    for field in ("repeals", "interprets", "relates"):
        for other in r.get(field, []):
            if other not in keys or other == key:
                wrong(key, field, other)
    images = []
    for body in [r["body"]] + [e["body"] for e in r.get("editions", [])]:
        parser = Well(key)
        parser.feed(body)
        if parser.open:
            wrong(key, "left open", parser.open)
        images += parser.images
        if re.search(r"\{[a-z]+:", body) or PERSONAL.search(body):
            wrong(key, "placeholder or personal number in body")
    files = {a["file"] for a in r.get("attachments", [])}
    for file in files | set(images):
        if file not in files or not (root / "files" / file).is_file():
            wrong(key, "file", file)
    if not 4 < len(r["title"]) < 80 or not r["summary"] or len(r["summary"]) > 120 or not r["keywords"]:
        wrong(key, "title, summary or keywords")


def check_file(path, used):
    data = path.read_bytes()
    heads = {".pdf": b"%PDF-", ".png": b"\x89PNG", ".xlsx": b"PK", ".docx": b"PK", ".csv": b"\xef\xbb\xbf"}
    if not used or len(data) > 60_000 or not data.startswith(heads[path.suffix]):
        wrong(path.name, "unused, too large or not what its name says", len(data))
    if path.suffix in (".xlsx", ".docx") and zipfile.ZipFile(path).testzip():
        wrong(path.name, "damaged archive")


def print_counts(folder, organs, columns, records, root):
    visible = [r for r in records if not r.get("state")]
    print(f"== {folder}: {len(records)} records, {len(organs['organ'])} organs, {len(columns)} columns")
    at = [o for o in organs["organ"] if o["valid_from_on"] <= "2018-12-31" <= o.get("valid_to_on", "9999")]
    print("organs on 2018-12-31:", len(at), dict(Counter(o["kind"] for o in at)), "changes:", len(organs.get("change", [])))
    print("years:", dict(sorted(Counter(r["published_at"][:4] for r in visible).items())))
    print("types:", dict(Counter(r["content_type"] for r in records)))
    late = [r for r in visible if r["content_type"] != "law" and str(add_working_days(r["written_on"], 20)) < r["published_at"][:10]]
    bursts = [(k, n) for k, n in Counter((r["organ"], r["published_at"][:10]) for r in visible).items() if n > 3]
    days = Counter(r["published_at"][:10] for r in visible).most_common(2)
    print("editions:", sum(1 for r in records if r.get("editions")), "withdrawn:", sum(1 for r in records if r.get("withdrawn")), "states:", dict(Counter(r.get("state", "live") for r in records)),
          "classes:", dict(Counter(r["disclosure_class"] for r in records)), "late:", len(late), "busiest days:", days, bursts)
    print("repeals:", sum(len(r.get("repeals", [])) for r in records), "interprets:", sum(len(r.get("interprets", [])) for r in records), "expiring:", sum(1 for r in records if r.get("expires_on")),
          "attachments:", sum(len(r.get("attachments", [])) for r in records), "on", sum(1 for r in records if r.get("attachments")), "records; files",
          dict(Counter(p.suffix for p in (root / "files").iterdir())), sum(p.stat().st_size for p in (root / "files").iterdir()), "bytes")
    lengths = sorted(len(re.sub(r"<[^>]+>", "", r["body"])) for r in visible if r["body"])
    print("body length: median", lengths[len(lengths) // 2], "longest", lengths[-1], "over 400:", sum(n >= 400 for n in lengths))
    counts, parents = Counter(r["column"] for r in visible), {c.get("parent") for c in columns}
    print("columns:", {c["code"]: counts[c["code"]] for c in columns if c["code"] not in parents})
    for c in columns:
        if not counts[c["code"]] and c["code"] not in parents:
            wrong(folder, "empty column", c["code"])


def expect(what, found, wanted):
    if found != wanted:
        wrong("2018:", what, "is", found, "and not", wanted)


def triples(body):
    """What the product's own check for near-duplicates looks at."""
    text = "".join(c for c in html.unescape(re.sub(r"<[^>]+>", "", body)) if c.isalnum())
    return {text[i:i + 3] for i in range(len(text) - 2)}


def check_year(folder):
    """The year of the report, counted from the written data alone."""
    root = HERE / folder
    if not (root / "expected-2018.toml").exists():
        return
    wanted = tomllib.loads((root / "expected-2018.toml").read_text())
    organs = tomllib.loads((root / "organs.toml").read_text())["organ"]
    areas = {c["code"]: c.get("key_area") for c in tomllib.loads((root / "columns.toml").read_text())["column"]}
    records = [json.loads(line) for line in (root / "records.jsonl").read_text().splitlines()]
    first = [r for r in records if not r.get("state") and r["disclosure_class"] == "proactive" and r["published_at"].startswith("2018")]
    public = [r for r in first if not r.get("withdrawn")]
    expect("records on the website", len(public), wanted["records"]["website"])
    expect("normative documents", sum(r["content_type"] == "normative_document" for r in public), wanted["records"]["normative_documents"])
    expect("records in the key areas", sum(areas[r["column"]] is not None for r in public), wanted["records"]["key_areas"])
    expect("key areas", len({areas[r["column"]] for r in public} - {None}), 6)
    expect("records taken back", len(first) - len(public), wanted["records"]["withdrawn"])
    late = sum(str(add_working_days(r["written_on"], 20)) < r["published_at"][:10] for r in public)
    burst = max(Counter((r["organ"], r["published_at"][:13]) for r in public).values())
    if late < wanted["records"]["late_at_least"] or burst < wanted["records"]["burst_at_least"]:
        wrong("2018: late", late, "burst", burst)
    for month in range(1, 13):
        if sum(r["published_at"][5:7] == f"{month:02}" for r in public) < 20:
            wrong("2018: hardly anything in month", month)
    at_end = [o for o in organs if o["valid_from_on"] <= "2018-12-31" <= o.get("valid_to_on", "9999") and o["kind"] != "government"]
    names = {"town": "towns", "dispatched": "management_areas", "community": "communities"}
    expect("organs at the end of the year", Counter(names.get(o["kind"], "departments") for o in at_end), Counter({k: v for k, v in wanted["organs"].items() if k != "tested"}))
    tested = {o["code"] for o in organs if o["valid_from_on"] <= "2018-11-16" <= o.get("valid_to_on", "9999") and o["kind"] != "government"}
    expect("units tested", len(tested), wanted["organs"]["tested"])
    expect("units that published", tested - {r["organ"] for r in public}, set())
    check_likeness(public)
    check_registers(root, wanted, {o["code"]: o for o in organs}, {r["key"] for r in public})


def rows_of(root, name):
    with (root / "registers" / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def check_registers(root, wanted, organs, keys):
    """The registers of the year, counted from their tables."""
    standing = lambda on, until: [r for r in rows_of(root, "notice_places") if r["启用日期"] <= on and not (r["停用日期"] and r["停用日期"] < until)]
    items = [r for r in rows_of(root, "service_items") if r["列入目录日期"] <= "2018-12-31" and not "0" < r["退出目录日期"] < "2018-12-31"]
    expect("service items", len(items), wanted["service"]["items"])
    expect("items by code", len({r["事项编码"] for r in items}), len(items))
    expect("units with items", len({r["实施机构"] for r in items}), wanted["service"]["units"])
    cases = [(r["办件渠道"], r["处理方式"], sum(int(r[f"{m}月"]) for m in range(1, 13))) for r in rows_of(root, "service_cases") if r["年度"] == "2018"]
    count = lambda routes, handling=None: sum(n for route, how, n in cases if route in routes and handling in (None, how))
    expect("cases offline", count(("dedicated_net", "intranet", "paper")), wanted["service"]["offline"])
    expect("cases online", count(("online",)), wanted["service"]["online"])
    expect("accepted online", count(("online",), "accepted"), wanted["service"]["accepted_online"])
    expect("pushed online", count(("online",), "pushed"), wanted["service"]["pushed_online"])
    articles = [r for r in rows_of(root, "wechat_articles") if r["发布日期"].startswith("2018")]
    expect("WeChat articles", sum(not r["撤回日期"] for r in articles), wanted["wechat"]["articles"])
    expect("articles taken back", sum(bool(r["撤回日期"]) for r in articles), wanted["wechat"]["withdrawn"])
    expect("articles of unknown records", [r["信息索引号"] for r in articles if r["信息索引号"] and r["信息索引号"] not in keys], [])
    boards = Counter(r["管理机构"] for r in standing("2018-12-31", "2018-12-31") if r["类别"] == "政务公开栏")
    expect("boards", (len(boards), max(boards.values())), (sum(n for k, n in wanted["organs"].items() if k != "tested"), 1))
    requests = [r for r in rows_of(root, "disclosure_requests") if r["收到日期"].startswith("2018")]
    expect("requests not answered", [r["编号"] for r in requests if not r["答复日期"].startswith("2018")], [])
    expect("complaints", sum(bool(r["投诉日期"]) for r in requests), wanted["requests"]["complained"])
    expect("corrections", sum(bool(r["纠正日期"]) for r in requests), wanted["requests"]["corrected"])
    remedies = Counter(r["类别"] for r in rows_of(root, "remedies") if r["提起日期"].startswith("2018"))
    expect("remedies", (remedies["行政复议"], remedies["行政诉讼"]), (wanted["requests"]["reconsiderations"], wanted["requests"]["lawsuits"]))
    proposals = [r for r in rows_of(root, "proposals") if r["收到日期"].startswith("2018")]
    kinds = Counter(r["类别"] for r in proposals)
    expect("proposals", (kinds["人大代表建议"], kinds["政协提案"]), (wanted["proposals"]["suggestions"], wanted["proposals"]["proposals"]))
    expect("replies", sum("2018" == r["答复日期"][:4] for r in proposals), wanted["proposals"]["replied"])
    held = {(r["举办日期"], r["名称"]): r["类别"] for r in rows_of(root, "trainings") if r["举办日期"].startswith("2018")}
    expect("training", sorted((on[:7], kind) for (on, _), kind in held.items()), [(wanted["training"]["training_month"], "培训"), (wanted["training"]["tested_on"][:7], "测试")])
    people = [r for r in rows_of(root, "training_participants") if r["举办日期"] == wanted["training"]["tested_on"]]
    expect("units tested", len({r["单位"] for r in people if r["是否参加"] == "参加" and r["成绩"]}), wanted["training"]["tested_units"])
    expect("names of people", [r["姓名"] for r in rows_of(root, "training_participants") if not r["姓名"].startswith("演示")], [])
    money = Counter()
    for r in rows_of(root, "finance_entries"):
        money[r["年度"], r["类别"]] += int(r["金额（元）"])
    expect("money", (money["2018", "列入预算"], money["2018", "支出"]), (wanted["finance"]["budget_yuan"], wanted["finance"]["spent_yuan"]))
    for name, field in (("service_items", "实施机构"), ("wechat_articles", "发布机构"), ("notice_places", "管理机构"), ("disclosure_requests", "受理机关"), ("proposals", "主办单位"), ("training_participants", "单位")):
        expect(f"organs of {name}", {r[field] for r in rows_of(root, name)} - set(organs), set())


def check_likeness(public):
    """No two of the generated records say nearly the same; the product calls 90 percent of common triples nearly the same."""
    texts = {}
    for r in public:
        if "y18-" in r["key"]:
            texts.setdefault(r["column"], []).append((r["key"], triples(r["body"])))
    for pairs in texts.values():
        for (one, a), (other, b) in combinations(pairs, 2):
            if min(len(a), len(b)) > 0.85 * max(len(a), len(b)) and len(a & b) > 0.85 * len(a | b):
                wrong("2018: nearly the same:", one, other)


for name in sys.argv[1:] or ["songling", "forest-district"]:
    check_site(name)
    check_year(name)
for line in problems:
    print("WRONG", line)
sys.exit(1 if problems else 0)
