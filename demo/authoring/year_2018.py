"""The whole year 2018 of the district: as many records as its annual report counts, laid over the year with late ones, bunches before
inspections and a few that were taken back. The wanted numbers stand in songling/expected-2018.toml, which check.py counts again by itself."""
from . import places, service_items, shelf, year_affairs, year_news, year_normative, year_projects, year_welfare
from .core import add_working_days, office_minute, pick

# Units that publish in bursts: what they formed in the five weeks before an inspection goes up in one afternoon.
BURSTERS = {"transport": "2018-06-28 15:02", "town-five": "2018-11-15 14:20", "animal-husbandry": "2018-11-15 15:44", "housing-construction": "2018-11-15 16:03", "guyuan": "2018-06-28 16:10", "land-resources": "2018-12-25 14:31", "urban-management": "2018-12-25 15:37", "town-six": "2018-11-15 10:06", "health": "2018-12-25 09:12"}
# Taken back later; they come on top of the counted ones.
TAKEN_BACK = [
    ("unit-news", "y18-back-1", "2018-04-11", "tourism", "旅发局开展春季踏青线路推介", "推介森林步道、湿地观鸟等线路，发放线路图600份，现场接受咨询。活动照片另行发布。", "2018-04-16 09:20", "与已发布信息重复"),
    ("procurement-notices", "y18-back-2", "2018-06-20", "resource-trading", "环卫洒水车采购询价公告", "拟采购洒水车1台，预算31万元，采用询价方式，响应文件递交截止时间为6月29日10时。采购单位因需求调整暂停采购。", "2018-06-26 15:05", "采购需求调整，采购人终止本次采购"),
    ("social-assistance", "y18-back-3", "2018-08-14", "civil-affairs", "2018年第二批临时救助对象公示", "本批救助28人次，对象由镇场审核并张榜公示，救助金通过社保卡发放。如有异议请在公示期内反映。", "2018-08-15 08:42", "公示内容中的个人信息处理不到位，撤下整改"),
    ("announcements", "y18-back-4", "2018-10-23", "water-supply", "关于站前小区计划停水的通知", "因更换闸阀，10月26日9时至15时站前小区停水，请提前储水。施工完毕后放水冲洗。", "2018-10-25 10:30", "施工时间变更，另行通知"),
]
LAST_DAY = "2018-12-29"
laid = []


def lay(column, key, on, organ, title, body, keep=False, days=4, gap_doc=None, follow_key=None, **more):
    on = str(add_working_days(on, 0))
    r = dict(column=column, key=key, on=on, organ=organ, title=title, body=body, **more)
    if gap_doc:
        r["gap_doc"] = gap_doc
    r["pub"] = after_document(follow_key, key) if follow_key else published(r, days, keep)
    laid.append(r)
    shelf.RECORDS.append(r)


def published(r, days, keep):
    key, on, organ = r["key"], r["on"], r["organ"]
    burst = BURSTERS.get(organ)
    if burst and not keep and r["column"] not in ("emergency", "announcements") and str(add_working_days(on, 0)) < burst[:10] <= str(add_working_days(on, 26)) and pick(key + "burst", 4):
        start = int(burst[11:13]) * 60 + int(burst[14:])
        minute = start + 2 * sum(1 for other in laid if other["pub"][:10] == burst[:10] and other["organ"] == organ)
        return f"{burst[:10]} {minute // 60:02}:{minute % 60:02}"
    delay = pick(key + "delay", days + 1)
    if not keep and days > 2 and pick(key + "late", 13) == 0:
        delay = 21 + pick(key + "lateby", 16)
    day = min(str(add_working_days(on, delay)), LAST_DAY)
    if r["column"].endswith("news") and pick(key + "sat", 9) == 0:
        return f"{day} 19:{pick(key, 60):02}"
    return f"{day} {office_minute(key)}"


def after_document(followed, key):
    document = next(r for r in laid if r["key"] == followed)
    return f"{add_working_days(document['pub'][:10], 1 + pick(key, 3))} {office_minute(key)}"


def year():
    names = {code: name for code, name, *_ in places.ORGANS + places.LATER}
    short = {code: short for code, _, short, *_ in places.ORGANS + places.LATER}
    duties = {code: (name, text) for code, name, _, _, text in places.ORGANS + places.LATER}
    year_projects.UNITS.update(names)
    has_budget = [r["organ"] for r in shelf.RECORDS if r["column"] == "department-budget" and r["on"].startswith("2018")]
    without = ["district-government", "community-one", "community-two", "water-supply", "heating", *has_budget]
    organs = [(code, *duties[code]) for code in names if code not in without]
    year_projects.purchases(lay)
    year_projects.works(lay)
    year_projects.budgets(lay, organs[:BUDGETS])
    for part in (year_welfare.housing, year_welfare.land, year_welfare.poverty, year_welfare.assistance, year_welfare.education, year_welfare.health, year_welfare.environment, year_welfare.culture):
        part(lay)
    made = service_items.items(names)
    lines = service_items.cases(made)
    year_affairs.guides(lay, made, lines, names)
    year_normative.normative(lay)
    year_normative.documents(lay)
    year_affairs.affairs(lay, names)
    year_news.district(lay)
    year_news.units(lay, short, UNIT_NEWS)
    for column, key, on, organ, title, text, at, reason in TAKEN_BACK:
        a, _, b = text.partition("。")
        lay(column, key, on, organ, title, f"<p>{a}。</p><p>{b}</p>", days=1, keep=True, withdrawn_at=(at, reason))
    return made, lines


BUDGETS = 52
UNIT_NEWS = 112


def number_gaps(records):
    """The documents of the year take the numbers that earlier ones left free, in the order of their dates."""
    slots = {}
    for r in records:
        if r.get("no", "").endswith("号") and "〔2018〕" in r["no"]:
            word, _, rest = r["no"].partition("〔2018〕")
            slots.setdefault(word, {})[int(rest[:-1])] = r["on"]
    for r in sorted((r for r in records if r.get("gap_doc")), key=lambda r: (r["on"], r["key"])):
        used = slots.setdefault(r["gap_doc"], {})
        low = max((n for n, on in used.items() if on <= r["on"]), default=0)
        high = min((n for n, on in used.items() if on > r["on"]), default=10_000)
        free = next((n for n in range(low + 1, high)), None)
        assert free is not None, ("no number is free on", r["on"], r["title"])
        used[free] = r["on"]
        r["no"] = f"{r['gap_doc']}〔2018〕{free}号"
