#!/usr/bin/env python3
"""Writes the demonstration sites from the material in authoring/. Two runs give the same bytes: no clock, no chance.

    pip install -r demo/requirements.txt
    python3 demo/generate.py
"""
import html
import json
import re
import shutil
from datetime import date
from pathlib import Path

from authoring import added_articles, codes, core, corrections, files, forest, key_areas, news, normative, papers, paragraphs, places, second_paragraphs, shelf, year_2018, year_registers

HERE = Path(__file__).parent
TAG = re.compile(r"<[^>]+>")
NUMBER_WORDS = {"district-government": "松政发", "government-office": "松政办发", "human-resources": "松人社发", "finance": "松财发", "urban-management": "松城管发"}
DRAFTERS = {"nd-heating": "housing-construction", "nd-public": "housing-construction", "nd-relief": "civil-affairs", "nd-waste": "urban-management", "nd-advert": "urban-management",
            "nd-invest": "development-reform", "nd-berry": "forest-resources", "nd-fungus-2018": "agriculture-water", "nd-dogs": "public-security", "nd-elderly": "civil-affairs",
            "nd-enforce": "justice", "nd-water": "environment", "nd-forest-2026": "agriculture-rural", "nd-property": "housing-construction"}
WORDS = ("政务公开 信息公开 规范性文件 供热 供水 住房 公租房 棚户区 救助 低保 扶贫 乡村振兴 食用菌 林下经济 浆果 森林防火 防汛 应急 安全生产 食品安全 抽检 预算 决算 采购 招标 中标 "
         "土地 规划 统计 经济运行 招生 学生资助 疫苗 体检 环境质量 水质 文化 图书馆 招聘 公务员 建议 提案 许可 处罚 收费 物业 公交 老年人 养犬 户外广告 垃圾 政府投资 创业 年度报告 指南 培训").split()


def main():
    papers.papers(); key_areas.key_areas(); news.news(); news.leaders(); news.restricted(); news.unseen()
    normative_documents()
    profiles()
    made, cases = year_2018.year()
    records = finish(shelf.RECORDS)
    write_site("songling", places.SITE, organs_toml(), columns_toml(places.COLUMNS), records)
    write_registers("songling", year_registers.tables(made, cases, records))
    shelf.RECORDS.clear()
    forest.records()
    write_site("forest-district", forest.SITE, forest.organs_toml(toml_table), columns_toml(forest.COLUMNS), finish(shelf.RECORDS, forest))


# ---- records that are put together from several places

def normative_documents():
    for n in normative.NORMATIVE:
        organ = "松岭区人民政府" if n["organ"] == "district-government" else organ_name(n["organ"])
        if n["organ"] == "government-office":
            organ = "松岭区人民政府办公室"
        opening = core.p("各镇场、管护区，区直各有关单位：", f"《{n['name']}》已经区政府研究同意，现印发给你们，请认真遵照执行。" if core.pick(n["key"], 2) else f"现将《{n['name']}》印发给你们，请结合实际贯彻落实。")
        closing = core.p(organ, core.cn(n["on"]), "（此件公开发布）")
        body = opening + core.h2(n["name"]) + core.articles(n["articles"][:-1] + added_articles.ARTICLES.get(n["key"], []) + n["articles"][-1:]) + (core.h2("附表") + core.table(*n["table"], True) if "table" in n else "") + closing
        with_pdf = n["key"] in ("nd-filing-2018", "nd-heating-2026", "nd-invest-2018", "nd-public-rental-2017", "nd-fungus-2018", "nd-forest-2026")
        shelf.lay("normative-documents", n["key"], n["on"], n["organ"], f"{organ}关于印发《{n['name']}》的通知", body, name=n["name"], doc=NUMBER_WORDS[n["organ"]], force=n["force"], expires=n["expires"],
                  repeals=n.get("repeals"), subject=n["subject"], genre="通知", summary=n["articles"][0][:90], files=[n["key"] + ".pdf"] if with_pdf else None, days=4)
        if n["interpret"] != "none":
            interpretation(n)
    for key, on, organ, target, why, points in [
        ("in-three-areas", "2018-07-30", "service-centre", "od-three-areas-2018", "三个领域与群众利益关系最直接，过去公开的位置分散、时限不一。", ["哪些要公开：逐项列出八类、五项、七个方面。", "多久公开：一般二十个工作日，许可和处罚七个工作日。", "在哪里看：网站“重点领域信息公开”栏目。"]),
        ("in-service", "2017-08-14", "service-centre", "od-service-2017", "群众反映办一件事要跑多个窗口、重复提交材料。", ["一个大厅办理，一个窗口受理。", "2018年底网上可申报率达到六成以上。", "线上线下标准一致。"]),
        ("in-budget", "2018-02-08", "finance", "gb-2018", "预算报告专业术语多，为方便阅读，对收支安排作简要说明。", ["教育、社保、医疗三项支出合计占比最高。", "“三公”经费压减3%。", "预算公开的位置和格式统一。"])]:
        interpretation(dict(key=key, on=on, organ=organ, target=target, why=why, points=points, note="如有疑问，可以拨打公布的咨询电话。", interpret="questions" if key == "in-service" else "text", articles=[], force=None, expires=None))


def interpretation(n):
    target = n.get("target", n["key"])
    key = n["key"] if "target" in n else n["key"].replace("nd-", "in-", 1)
    name = "{title:%s}" % target
    drafter = next((o for k, o in DRAFTERS.items() if n["key"].startswith(k)), n["organ"] if n["organ"] != "district-government" else "government-office")
    drafter = {"environment": "environment"}.get(drafter, drafter)
    files_, head = None, core.p(f"原文：《{name}》（{{no:{target}}}）。" if "target" not in n or target.startswith("od") else f"原文：{name}。")
    words, gain = added_articles.EXPLAINED.get(n["key"], ([], ""))
    meanings = core.items(*(f"<strong>{w}</strong>：{m}" for w, m in words)) if words else ""
    span = ""
    if n["force"]:
        span = f"自{core.cn(n['force'])}起施行" + (f"，有效期至{core.cn(n['expires'])}" if n["expires"] else "") + "。"
    if n["interpret"] == "questions":
        title = f"一问一答：《{name}》"
        asks = ["为什么要制定？", "主要内容有哪些？", "什么时候开始执行？" if span else "在哪里办理和查询？", "需要注意什么？"]
        answers = [core.p("答：" + n["why"]), core.p("答：主要有以下几个方面。") + core.items(*n["points"]), core.p("答：" + (span or "可以在政府网站相关栏目和行政服务中心查询。")), core.p("答：" + n["note"])]
        if words:
            asks.insert(2, "几个说法是什么意思？")
            answers.insert(2, meanings + core.p("答：" + gain))
        body = head + "".join(core.h2(f"问：{a}") + b for a, b in zip(asks, answers))
    elif n["interpret"] == "chart":
        title = f"一图读懂《{name}》"
        picture = key + ".png"
        files_ = [picture]
        short = [re.split("[，：。；]", t)[0] for t in n["points"]]
        body = head + core.figure(picture, f"图解：共{len(short)}个要点，依次为" + "、".join(short), "图：要点一览（演示）") + core.h2("为什么出台") + core.p(n["why"]) + core.h2("要点") + core.items(*n["points"], ordered=True)
        body += (core.h2("标准速查") + core.table(*n["table"], True) if "table" in n else "") + (core.h2("关键词诠释") + meanings + core.h2("新变化") + core.p(gain) if words else "") + core.h2("什么时候执行") + core.p(span) + core.h2("温馨提示") + core.p(n["note"])
        PICTURES[picture] = lambda n=n: files.cards(f"一图读懂《{n['name']}》", n["points"])
    else:
        title = f"《{name}》政策解读"
        body = head + core.sections([("背景依据", [n["why"]]), ("主要内容", [core.items(*n["points"])]), ("适用范围和执行时间", [span or "适用于全区各单位，自印发之日起执行。"]), ("注意事项", [n["note"]])] + ([("关键词诠释", [meanings]), ("新变化和群众受益", [gain])] if words else []))
    late = 8 if key in ("in-dogs-2017", "in-taxi-2018") else 0
    shelf.lay("interpretations", key, n["on"], drafter, title, body, interprets=[target], files=files_, follow=target, late=late, summary=n["why"][:90], genre="其他")


def profiles():
    reached = 0
    for i, (code, name, short, kind, duties) in enumerate(places.ORGANS + places.SUCCESSORS):
        successor = i >= len(places.ORGANS)
        if not successor and i % 2 and kind in ("department", "institution"):
            continue
        c = contact(i, kind)
        units = {"department": ["办公室", "业务一股", "业务二股"], "institution": ["综合科", "业务科"], "town": ["党政综合办公室", "社会事务办公室", "便民服务中心"], "community": ["居民委员会", "便民服务站"], "management_area": ["综合组", "防火巡护组"]}.get(kind, ["秘书科", "督查室", "政务公开科"])
        scope = {"department": "依法主动公开职责范围内的政策文件、规划计划、办事结果和预决算；受理属于本机关制作或者保存的政府信息公开申请。", "institution": "公开服务事项、收费项目、服务承诺和投诉渠道，重要变动提前告知。",
                 "town": "按照乡镇公开要求，公开涉农补贴、社会救助、土地征收、筹资筹劳和财务情况。", "community": "在公开栏公布居务、财务和救助名单，名单隐去证件号码和账号。", "management_area": "公开护林用工、作业验收和防火值班安排。"}.get(kind, "组织全区政府信息公开工作，编制公开指南、目录和年度报告。")
        body = core.h2("主要职责") + core.p(duties) + core.h2("公开内容") + core.p(scope) + core.h2("内设机构") + core.items(*units) + core.table("联系方式", ["项目", "内容"], [["办公地址", c["address"]], ["办公时间", c["hours"]], ["联系电话", c["phone"]], ["负责人", c["leader_title"] + "（演示人员）"]], True)
        on = "2019-03-11" if successor else f"201{6 + core.pick(code, 3)}-0{3 + core.pick(code + 'm', 6)}-1{core.pick(code + 'd', 9)}"
        on = str(core.add_working_days(on, 0))
        more = {}
        if kind in ("department", "institution") and not successor and reached < corrections.BURST_PROFILES:
            on, more = "2018-11-12", {"pub": f"2018-11-16 1{5 + (reached // 6)}:{10 + 8 * (reached % 6):02}"}
            reached += 1
        shelf.lay("institutions", f"org-{code}", on, code, f"{name}机构职能", body, summary=duties, **more)


PICTURES = {
    "plan-mid-chart.png": lambda: files.bars("“十三五”规划指标进度", [("达到或快于进度", 17), ("基本符合", 4), ("滞后", 1)], "项"),
    "statistics-2016.png": lambda: files.bars("2016年主要指标增速", [("地区生产总值", 5.9), ("固定资产投资", 6.2), ("人均可支配收入", 6.9)], "%"),
    "statistics-2017.png": lambda: files.bars("2017年主要指标增速", [("地区生产总值", 6.1), ("固定资产投资", 8.4), ("人均可支配收入", 6.9)], "%"),
    "application-flow.png": lambda: files.steps("依申请公开办理流程", ["提交申请", "登记出具回执", "审查（补正）", "转承办单位", "保密审查", "拟制答复书", "送达申请人", "归档统计"]),
    "forest-share.png": lambda: files.bars("森林类型构成", [("落叶松林", 52), ("白桦林", 27), ("樟子松林", 13), ("其他", 8)], "%"),
    "renovation-2026.png": lambda: files.bars("2026年老旧小区改造进度", [("屋面防水", 70), ("外墙保温", 62), ("管线更换", 41)], "%"),
    "air-2026.png": lambda: files.bars("2026年第二季度空气主要指标", [("PM10", 34), ("PM2.5", 18), ("二氧化氮", 12), ("二氧化硫", 9)], "微克/立方米"),
    "training-2018.png": lambda: files.steps("政务公开业务培训专题", ["条例解读", "网站栏目规范", "个人信息保护", "稿件报送演练"]),
}
FORMS = {
    "application-form.docx": ("松岭区政府信息公开申请表", ["请用黑色笔填写；填写有困难的，可以请工作人员代填。"], [["申请人姓名或者名称", ""], ["身份证明类型", ""], ["联系方式", ""], ["所需信息的名称、文号或者特征描述", ""], ["获取方式", "□纸质　□电子邮件　□当面查阅"], ["获取途径", "□邮寄　□网上　□自行领取"], ["申请人签名和日期", ""]]),
    "handover-list.docx": ("政务公开工作交接清单", ["本清单一式三份，移交人、接收人、监交人各执一份。"], [["项目", "数量", "说明"], ["账号权限", "", ""], ["未办结申请", "", ""], ["待发布稿件", "", ""], ["负责栏目", "", ""], ["制度文件和培训记录", "", ""]]),
}


# ---- finishing: dates, numbers, links, attachments, versions

def finish(laid, site=None):
    for r in laid:
        r["published"] = published_at(r)
    by_key = {r["key"]: r for r in laid}
    for r in laid:
        if r.get("follow"):
            r["published"] = after(by_key[r["follow"]]["published"], r["key"], r.get("late") or 1 + core.pick(r["key"], 3))
    if site is None:
        apply_burst(by_key)
    number_documents(laid)
    year_2018.number_gaps(laid)
    names = {r["key"]: r.get("name") or r["title"] for r in laid}
    numbers = {r["key"]: r.get("no", "") for r in laid}
    fill = lambda text: re.sub(r"\{(title|no):([a-z0-9-]+)\}", lambda m: (names if m[1] == "title" else numbers)[m[2]], text)
    for r in laid:
        if site is None:
            added = paragraphs.PAPERS.get(r["key"], "") + (core.p(second_paragraphs.BY_KEY[r["key"]]) if r["key"] in second_paragraphs.BY_KEY else "")
            text, tail, line = r["body"].rpartition("<p>监督电话")  # the telephone line stays last
            r["body"] = text + added + tail + line if tail else line + added
        r["title"], r["body"] = fill(r["title"]), fill(r["body"])
        r["summary"] = fill(r["summary"]) if r.get("summary") else None
    defaults = places.DEFAULTS if site is None else site.DEFAULTS
    return [record(r, defaults, site) for r in sorted(laid, key=lambda r: (r["published"] or r.get("publish_at") or r["on"], r["key"]))]


def apply_burst(by_key):
    for day, start, keys in corrections.BURSTS:
        for i, key in enumerate(keys):
            by_key[key]["published"] = f"{day} {start[:3]}{int(start[3:]) + 2 * i:02}"


def published_at(r):
    if r.get("state"):
        return None
    if r.get("pub"):
        return r["pub"]
    late = r.get("late") or corrections.LATE.get(r["key"], 0)
    days = late or core.pick(r["key"] + "delay", r.get("days", 4) + 1)
    day = core.add_working_days(r["on"], days)
    if r["column"].endswith("news") and core.pick(r["key"] + "sat", 9) == 0:
        # News of a working day is now and then put up in the evening.
        return f"{day} 19:{core.pick(r['key'], 60):02}"
    return f"{day} {core.office_minute(r['key'])}"


def after(moment, key, days):
    return f"{core.add_working_days(moment[:10], days)} {core.office_minute(key)}"


def number_documents(laid):
    last = {}
    for r in sorted((r for r in laid if r.get("doc")), key=lambda r: (r["on"], r["key"])):
        slot = (r["doc"], r["on"][:4])
        last[slot] = last.get(slot, 0) + 1 + core.pick(r["key"] + "gap", 4)
        r["no"] = f"{r['doc']}〔{slot[1]}〕{last[slot]}号"


def record(r, defaults, site):
    kind, subject, genre = defaults[r["column"]]
    if r["column"] == "normative-documents" and r.get("state"):
        genre = "通知"
    body = r["body"]
    summary = r.get("summary") or summary_of(r["title"], body)
    out = {"key": r["key"], "column": r["column"], "content_type": codes.content_type(r.get("kind", kind)), "title": r["title"], "document_number": r.get("no"), "organ": r["organ"], "written_on": r["on"],
           "published_at": r["published"], "in_force_on": r.get("force"), "expires_on": r.get("expires"), "subject_category": r.get("subject", subject), "genre": r.get("genre", genre),
           "disclosure_class": r.get("cls", "proactive"), "disclosure_reason": r.get("reason"), "summary": summary, "keywords": keywords(r, r.get("subject", subject)), "source": r.get("source"), "body": body,
           "attachments": [{"name": file_title(r, f), "file": f} for f in r.get("files") or []], "editions": editions(r, body) if site is None else site.editions(r, body),
           "withdrawn": withdrawn(r) if site is None else site.withdrawn(r["key"]), "repeals": r.get("repeals"), "interprets": r.get("interprets"), "relates": r.get("relates") or (corrections.RELATES.get(r["key"]) if site is None else None), "state": r.get("state"), "publish_at": r.get("publish_at")}
    return {k: v for k, v in out.items() if v not in (None, [], {}) or k == "body"}


def summary_of(title, body):
    """The first sentences of the running text; a page that is one table is told by its title and the caption."""
    parts = [html.unescape(TAG.sub("", t)) for t in re.findall(r"<p>(.*?)</p>", body)]
    parts = [re.sub(r"^\d+月\d+日消息　", "", t) for t in parts]
    text = "".join(t for t in parts if not t.endswith(("：", "您好：")) and not t.startswith(("监督电话", "图：")) and not t.startswith("项目编号"))
    captions = [t[0] for t in tables_of(body)]
    if len(text) < 30 and captions:
        text = f"{title}：{'、'.join(captions)}。{text}"
    if len(text) <= 80:
        return text
    cut = max(text.rfind(mark, 30, 80) for mark in "。；，")
    return text[:cut] + "。" if cut > 0 else text[:79] + "…"


def keywords(r, subject):
    found = [w for w in WORDS if w in r["title"]] or [w for w in WORDS if w in r["body"]][:2]
    subject = subject.split("/")[1].split("（")[0]
    found += [subject] if subject != "其他" else []
    kind = [w for w in ("公告", "通知", "公示", "通告", "批复", "报告", "办事指南", "解读") if r["title"].endswith(w)]
    if "y18-" in r["key"]:
        found = list(dict.fromkeys(found))
        kind = kind or ([organ_short(r["organ"])] if r["column"].endswith("-news") else [])
    return (found + kind or [places_short(r)])[:5]


def organ_short(code):
    return next(o[2] for o in places.ORGANS + places.LATER if o[0] == code)


def places_short(r):
    """A record that says nothing else is found by its kind of page."""
    column = next((c for c in places.COLUMNS if c[0] == r["column"]), None)
    return column[7].split()[0] if column else "政务动态"


def file_title(r, file):
    title = r.get("name") or re.sub(r"[《》“”：]", "", r["title"]).split("　")[0]
    if file in FORMS:
        title = FORMS[file][0]
    suffix = "图示" if file.endswith(".png") else "数据" if file.endswith(".csv") else "附表" if file.endswith(".xlsx") else ""
    return title[:40] + suffix + Path(file).suffix


def editions(r, body):
    out = []
    for at, reason, swaps, *fields in corrections.EDITIONS.get(r["key"], []):
        for old, new in swaps:
            assert old in body, (r["key"], old)
            body = body.replace(old, new)
        out.append({"published_at": at, "change_reason": reason, **(fields[0] if fields else {}), "body": body})
    return out


def withdrawn(r):
    at = r.get("withdrawn_at") or corrections.WITHDRAWN.get(r["key"])
    return {"at": at[0], "reason": at[1]} if at else None


# ---- files

def tables_of(body):
    out = []
    for t in re.findall(r"<table>(.*?)</table>", body):
        caption = TAG.sub("", re.search(r"<caption>(.*?)</caption>", t)[1])
        rows = full_grid(t)
        out.append((caption, rows[0], rows[1:]))
    return out


def full_grid(body):
    """The cells of a table with spanning cells written out, so that a sheet has every value in its own column."""
    grid = {}
    for y, row in enumerate(re.findall(r"<tr>(.*?)</tr>", body)):
        x = 0
        for attributes, text in re.findall(r"<t[hd]([^>]*)>(.*?)</t[hd]>", row):
            while (y, x) in grid:
                x += 1
            span = {k: int(v) for k, v in re.findall(r'(colspan|rowspan)="(\d+)"', attributes)}
            for dy in range(span.get("rowspan", 1)):
                for dx in range(span.get("colspan", 1)):
                    grid[y + dy, x + dx] = html.unescape(TAG.sub("", text)) if dx == 0 else ""
    width = 1 + max(x for _, x in grid)
    return [[grid.get((y, x), "") for x in range(width)] for y in range(1 + max(y for y, _ in grid))]


def lines_of(body):
    lines = []
    for tag, text in re.findall(r"<(p|h2|h3|li|caption|tr)[^>]*>(.*?)</\1>", body):
        if tag == "tr":
            lines.append((10, [html.unescape(TAG.sub("", c)) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", text)]))
            continue
        plain = html.unescape(TAG.sub("", text))
        lines.append((14 if tag == "h2" else 11, {"li": "　　· ", "p": "　　"}.get(tag, "") + plain))
    return lines


def make_file(name, r):
    kind = name.rsplit(".", 1)[1]
    title = r["title"]
    tables = tables_of(r["body"]) or [(title[:20], ["项目", "内容"], [["标题", title], ["成文日期", r["written_on"]], ["发布机构代码", r["organ"]]])]
    if kind == "png":
        return PICTURES[name]()
    if kind == "docx":
        return files.docx(*FORMS[name])
    if kind == "csv":
        return files.csv(tables[0][1], tables[0][2])
    if kind == "xlsx":
        return files.xlsx(title, tables)
    return files.pdf(title, lines_of(r["body"]))


# ---- TOML

def toml_value(value):
    return json.dumps(value, ensure_ascii=False)


def toml_table(header, pairs):
    return "\n".join([header] + [f"{k} = {toml_value(v)}" for k, v in pairs.items() if v is not None and not isinstance(v, dict)]) + "\n"


def site_toml(site):
    parts = [toml_table("", site).lstrip("\n")]
    for k, v in site.items():
        if isinstance(v, dict):
            parts.append(toml_table(f"[{k}]", v))
    return places.NOTE + "\n".join(parts)


def organ_name(code):
    return next(o[1] for o in places.ORGANS + places.SUCCESSORS + places.LATER if o[0] == code)


def contact(i, kind):
    leader = {"government": "区长", "office": "主任", "department": "局长", "institution": "负责人", "town": "镇长（场长）", "management_area": "主任", "community": "居委会主任"}[kind]
    place = f"松岭区行政办公楼{200 + i:03}室（演示地址）" if kind in ("government", "office", "department", "institution") else "办公楼一楼便民服务大厅（演示地址）"
    return {"address": place, "phone": f"0457-000{1000 + i}", "hours": "工作日8:30—11:30，13:30—17:00", "leader_title": leader}


def organs_toml():
    ended = {code: places.REFORM_EVE for _, old, _, _ in places.CHANGES for code in old} | {"farm-machinery": "2018-11-30"}
    founded = {organ[0]: places.REFORM_ON for organ in places.SUCCESSORS}
    parts = []
    for i, (code, name, short, kind, duties) in enumerate(places.ORGANS + places.SUCCESSORS + places.LATER):
        parent = None if i == 0 else places.PARENTS.get(code, "district-government")
        pairs = {"code": code, "name": name, "kind": codes.organ_kind(kind, name), "parent": parent, "short_name": short, "sort": (i + 1) * 10, "valid_from_on": founded.get(code, "2008-05-01"),
                 "valid_to_on": ended.get(code), "duties": duties}
        parts.append(toml_table("[[organ]]", pairs) + toml_table("[organ.contact]", contact(i, kind)))
    for kind, on, old, new, note in places.CHANGES_2018:
        parts.append(toml_table("[[change]]", {"kind": kind, "on": on, "from": old, "to": new, "note": note, "basis": "机构编制批复（演示）"}))
    for kind, old, new, note in places.CHANGES:
        parts.append(toml_table("[[change]]", {"kind": kind, "on": places.REFORM_ON, "from": old, "to": new, "note": note, "basis": "松岭区机构改革方案（演示）"}))
    return places.NOTE + "\n".join(parts)


def columns_toml(columns):
    parts = []
    for i, (code, name, parent, kind, owner, days, description, words, area, statutory) in enumerate(columns):
        parts.append(toml_table("[[column]]", {"code": code, "name": name, "parent": parent, "column_type": codes.COLUMN_TYPES[kind], "owner": owner, "update_interval_days": days, "description": description,
                                               "keywords": words.split(), "key_area": codes.KEY_AREAS.get(area), "statutory_items": codes.statutory_items(statutory or [])}))
    return places.NOTE + "\n".join(parts)


def write_site(folder, site, organs, columns, records):
    out = HERE / folder
    # What is expected is written by hand: a generator that wrote it would prove nothing.
    kept = {path: path.read_bytes() for path in out.glob("expected-*.toml")}
    shutil.rmtree(out, ignore_errors=True)
    (out / "files").mkdir(parents=True)
    for path, content in kept.items():
        path.write_bytes(content)
    (out / "site.toml").write_text(site_toml(site))
    (out / "organs.toml").write_text(organs)
    (out / "columns.toml").write_text(columns)
    (out / "records.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records))
    for r in records:
        for a in r.get("attachments", []):
            path = out / "files" / a["file"]
            if not path.exists():
                path.write_bytes(make_file(a["file"], r))
    print(folder, len(records), "records,", len(list((out / "files").iterdir())), "files")


def write_registers(folder, tables):
    out = HERE / folder / "registers"
    out.mkdir()
    for name, (head, rows) in tables.items():
        (out / f"{name}.csv").write_text(year_registers.as_csv(head, rows))
        print(name, len(rows), "rows")


if __name__ == "__main__":
    main()
