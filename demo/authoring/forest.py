"""The second, small demonstration site: another tenant with its own look and numbering. A made-up district; no such place exists."""
from . import codes, places
from .core import articles, h2, items, p, sections, table
from .shelf import RECORDS, lay

GOV, OFFICE = "district-government", "government-office"
SITE = {
    "code": "forest", "name": "林源区人民政府政务公开平台（演示）", "short_name": "林源政务公开", "tagline": "看得到、找得着、读得懂", "domain": "forest.localhost", "hosts": ["forest.localhost"],
    "identification_code": "2327990001", "region_code": "232799", "organ_code": "00000000X", "index_number_pattern": "{org}/{year}-{serial:5}", "theme": "pine", "demonstration": True,
    "contact": {"office": "林源区政务公开办公室（演示）", "address": "林源区政府综合楼0000室（演示地址）", "postcode": "165999", "phone": "0457-0009001", "fax": "0457-0009002", "email": "gongkai@forest.localhost", "hours": "工作日8:30—11:30，13:30—17:00"},
    "footer": {"host_unit": "林源区人民政府（演示）", "operator": "林源区大数据中心（演示）", "icp": "黑ICP备00000009号-1（演示）", "public_security": "黑公网安备23279900000000号（演示）", "error_report": "/apply"},
}
ORGANS = [
    (GOV, "林源区人民政府（演示）", "区政府", "government", None, "领导全区行政工作。"), (OFFICE, "林源区人民政府办公室（演示）", "区政府办", "office", GOV, "主管全区政府信息公开工作。"),
    ("finance", "林源区财政局（演示）", "区财政局", "department", GOV, "管理区级财政收支和政府采购。"), ("forestry", "林源区林业和草原局（演示）", "区林草局", "department", GOV, "负责森林、草原、湿地保护和林政执法。"),
    ("education", "林源区教育体育局（演示）", "区教体局", "department", GOV, "管理教育和群众体育工作。"), ("health", "林源区卫生健康局（演示）", "区卫健局", "department", GOV, "负责医疗卫生和疾病预防。"),
    ("civil-affairs", "林源区民政局（演示）", "区民政局", "department", GOV, "负责社会救助和养老服务。"), ("emergency", "林源区应急管理局（演示）", "区应急局", "department", GOV, "负责安全生产和自然灾害救助。"),
    ("service-centre", "林源区政务服务中心（演示）", "区政务中心", "institution", OFFICE, "承担公开工作机构职责，组织进驻事项办理。"), ("town-one", "林源区第一镇（演示）", "第一镇", "town", GOV, "负责辖区社会事务和便民服务。"), ("community-one", "林源区第一社区（演示）", "第一社区", "community", "town-one", "开展居民服务和民政代办。"),
]
MENU, NEWS, POLICY = "信息公开目录", "工作动态", "政策文件"
COLUMNS = [
    ("overview", "区情概览", None, "概况信息", OFFICE, 365, "林源区基本情况。", "区情", None, [15]), ("institutions", "机构职能", None, "机构职能", OFFICE, 365, "各单位职责和联系方式。", "机构 职能", None, [2]),
    ("news", "政务动态", None, NEWS, OFFICE, 14, "政务动态和通知公告。", "动态", None, []), ("announcements", "通知公告", None, NEWS, OFFICE, 180, "面向社会的通知公告。", "公告", None, [15]),
    ("policies", "政策文件", None, POLICY, OFFICE, 180, "规范性文件和其他文件。", "文件", None, [1]), ("interpretations", "政策解读", None, "政策解读", OFFICE, 180, "文件解读。", "解读", None, [15]),
    ("statistics", "统计数据", None, "数据发布", OFFICE, 120, "主要统计数据。", "统计", None, [4]), ("budget", "预决算公开", None, MENU, "finance", 365, "政府和部门预决算。", "预算 决算", "budget", [7]),
    ("procurement", "政府采购", None, MENU, "finance", 180, "采购公告和结果。", "采购", "procurement", [9]), ("public-welfare", "社会公益事业", None, MENU, "civil-affairs", 180, "教育、卫生、救助信息。", "民生", "public_welfare", [11]),
    ("emergency", "应急管理", None, MENU, "emergency", 180, "预案和预警。", "应急", None, [12]), ("service-items", "公共服务事项", None, "办事服务", "service-centre", 180, "办事指南和统计。", "办事", "service_items", [5]),
    ("disclosure-guide", "政府信息公开指南", None, "信息公开指南", OFFICE, 365, "公开指南。", "指南", None, [15]), ("annual-reports", "政府信息公开年报", None, "信息公开年报", OFFICE, 365, "年度报告。", "年报", None, [15]),
    ("application", "依申请公开", None, "依申请公开", "service-centre", 365, "申请流程和表格。", "申请", None, [15]), ("recruitment", "人事招考", None, MENU, OFFICE, 365, "招考信息。", "招考", None, [14]),
]
_D = places.DEFAULTS
DEFAULTS = {"overview": _D["overview"], "institutions": _D["institutions"], "news": _D["district-news"], "announcements": _D["announcements"], "policies": _D["normative-documents"], "interpretations": _D["interpretations"],
            "statistics": _D["statistics"], "budget": _D["government-budget"], "procurement": _D["procurement-notices"], "public-welfare": _D["education-affairs"], "emergency": _D["emergency"], "service-items": _D["service-guides"],
            "disclosure-guide": _D["disclosure-guide"], "annual-reports": _D["annual-reports"], "application": _D["application"], "recruitment": _D["recruitment"]}
_EDITIONS = {"fs-guide": [("2026-05-12 10:10", "更新查阅场所", [("区图书馆", "区图书馆、第一社区便民站")])], "fs-stat-2026": [("2026-08-06 09:20", "更正投资增速", [("<td>7.2</td>", "<td>7.0</td>")])]}
_WITHDRAWN = {"fs-news-3": ("2026-05-20 15:00", "与已发布信息重复")}


def organs_toml(toml_table):
    parts = []
    for i, (code, name, short, kind, parent, duties) in enumerate(ORGANS):
        leader = {"government": "区长", "town": "镇长", "community": "居委会主任"}.get(kind, "主任" if kind != "department" else "局长")
        parts.append(toml_table("[[organ]]", {"code": code, "name": name, "kind": codes.organ_kind(kind, name), "parent": parent, "short_name": short, "sort": (i + 1) * 10, "valid_from_on": "2019-03-01", "duties": duties})
                     + toml_table("[organ.contact]", {"address": f"林源区政府综合楼{300 + i}室（演示地址）", "phone": f"0457-000{9010 + i}", "hours": SITE["contact"]["hours"], "leader_title": leader}))
    return places.NOTE + "\n".join(parts)


def editions(r, body):
    out = []
    for at, reason, swaps in _EDITIONS.get(r["key"], []):
        for old, new in swaps:
            assert old in body, (r["key"], old)
            body = body.replace(old, new)
        out.append({"published_at": at, "change_reason": reason, "body": body})
    return out


def withdrawn(key):
    at = _WITHDRAWN.get(key)
    return {"at": at[0], "reason": at[1]} if at else None


_MORE = {
    "fs-news-1": "会议要求，各值班点保证电话有人接、故障有人修，节日期间供热投诉两小时内响应。粮油肉菜储备可以满足十五天以上需要。",
    "fs-news-2": "宣传月期间，学校开设防火课，护林员到户签订责任书，外来务工人员逐人登记告知。",
    "fs-news-3": "检查发现消防器材过期、楼道堆物等问题9项，学校制定整改清单并在公开栏公示。",
    "fs-news-4": "首批帮办事项32项，群众可以电话预约，也可以由社区代为提交，帮办过程不收取费用。",
    "fs-news-5": "展销设置食品快检台和投诉台，展销前五名的产品将进入区级推荐名录，名录在网上公布。",
    "fs-news-6": "20户平均室温21.6摄氏度，2户不足20摄氏度，供热单位已排气处理并按日退费。",
    "fs-an-1": "进入林区的人员和车辆应当登记，不得携带火种。违反规定的依法处理，举报查证属实的给予奖励。",
    "fs-an-2": "草案主要涉及道路分级、养护责任、化冻期限载和损坏赔偿四个方面，意见采纳情况将公布。",
    "fs-an-3": "网上办理时间不变，急需办理的可以提前一个工作日预约延时服务。",
    "fs-final-2025": "支出决算完成年初预算的94.8%，结转资金主要为跨年度项目。绩效评价结果为“良”的项目5个，问题整改情况随决算公开。",
    "fs-pc-1": "投标文件应当于6月9日9时30分前递交，采购文件免费获取，提供样品的要求见采购需求。",
    "fs-pc-2": "共4家供应商参与，评审采用综合评分法，评审得分和未中标原因已分别告知。",
    "fs-pc-3": "评审依据机构资质、人员配备、服务方案和信用记录，合同金额按照实际服务量结算。",
    "fs-pw-1": "登记时需要户口簿和居住证明，部门可以核验的信息不要求提供纸质材料。班额控制在45人以内。",
    "fs-pw-2": "保障对象名单在社区公示，隐去证件号码。对新增和退出对象有疑问的，可以申请核查。",
    "fs-pw-3": "优先保障老年人、慢性病患者和学生，接种后留观三十分钟，接种信息可以凭身份证查询。",
    "fs-em-2": "低洼住户注意转移，森林步道临时关闭，恢复开放时间另行通知。",
    "fs-ar-2025": "下一步将推进图解和问答解读，组织一次公开日活动，补充社区查阅点的纸质目录。",
    "fs-rc-1": "报名时间为6月8日至12日，考试分笔试和面试，不收取报名费。拟聘人员公示七个工作日。",
    "fs-apply": "收到申请后出具回执；需要补正的，七个工作日内一次告知。对答复不服的，可以申请复议，也可以到法院起诉。",
}


def records():
    _lay_all()
    for r in RECORDS:
        if r["key"] in _MORE:
            r["body"] += p(_MORE[r["key"]])


def _lay_all():
    lay("overview", "fs-overview", "2026-01-13", OFFICE, "林源区概况（演示）", p("林源区为演示用的虚构区划，林地面积占九成以上，辖一个镇、一个社区，用于展示一个平台承载多个站点。") + table("基本数据（演示）", ["项目", "数值"], [["常住人口", "1.2万人"], ["森林覆盖率", "90.4%"], ["年平均气温", "零下1.8摄氏度"]], True))
    for code, name, short, kind, _, duties in ORGANS[1:8]:
        lay("institutions", f"fs-org-{code}", "2026-01-20", code, f"{name.replace('（演示）', '')}机构职能", h2("主要职责") + p(duties) + h2("办公时间") + p(SITE["contact"]["hours"]), summary=duties)
    N = [("2026-02-10", "区政府研究春节期间供暖和市场保供", "会议听取供热、供电、商贸单位汇报，要求节日期间值班电话全部公布。"), ("2026-04-09", "林源区启动春季防火宣传月", "宣传队进镇入户发放防火公约，并在入山路口设置登记点。"), ("2026-05-14", "区教体局组织校园安全检查", "检查校舍、食堂和校车，对发现的问题限期整改。"), ("2026-07-16", "区政务中心推出帮办代办服务", "对老年人、残疾人提供全程帮办，事项清单同步上网。"), ("2026-09-15", "林源区举办林下产品展销", "14家合作社参展，现场公示检测报告。"), ("2026-11-17", "区政府检查冬季供热运行", "检查组随机入户测温20户，结果向社会公布。")]
    for i, (on, title, text) in enumerate(N):
        lay("news", f"fs-news-{i + 1}", on, GOV, title, p(text, "有关进展将在本平台公开。"), days=1)
    for i, (on, organ, title, text, genre) in enumerate([("2026-03-17", "forestry", "关于春季防火期的通告", "防火期为3月15日至6月15日，期间禁止一切野外用火。", "通告"), ("2026-06-16", OFFICE, "关于公开征求林区道路管理办法意见的公告", "征求意见三十日，可以来信或者通过网站提交。", "公告"), ("2026-10-27", "service-centre", "关于调整冬季办事时间的通知", "自11月1日起下午下班时间调整为16时30分。", "通知")]):
        lay("announcements", f"fs-an-{i + 1}", on, organ, title, p(text), genre=genre)
    docs = [("fs-nd-trail-2023", "2023-05-16", "林源区森林步道管理暂行办法", "2023-06-20", "2025-06-19", ["为规范森林步道建设和使用，制定本办法。", "步道由区林业和草原局统一规划，管护责任落实到单位。", "进入步道应当遵守防火规定，不得携带火种。", "本办法自2023年6月20日起暂行，有效期二年。"], None),
            ("fs-nd-trail-2025", "2025-05-20", "林源区森林步道管理办法", "2025-06-20", "2030-06-19", ["为保障森林步道安全有序使用，制定本办法。", "步道实行分级管理，一级步道配备应急定位桩和急救箱。", "承载量由管护单位核定并公布，达到上限时暂停进入。", "发现安全隐患的，管护单位应当在二十四小时内设置警示并处置。", "组织五十人以上活动的，应当提前五个工作日告知管护单位。", "本办法自2025年6月20日起施行，有效期五年。《{title:fs-nd-trail-2023}》（{no:fs-nd-trail-2023}）同时废止。"], ["fs-nd-trail-2023"]),
            ("fs-nd-elder-2026", "2026-03-24", "林源区居家养老服务补贴办法", "2026-05-01", "2031-04-30", ["为支持居家社区养老，制定本办法。", "补贴对象为本区户籍、经评估为中度以上失能的60周岁以上老年人。", "补贴以服务券形式发放，每月200元至500元，用于助餐、助浴、康复等服务。", "服务机构由区民政局公开遴选，每年评估一次，结果公布。", "本办法自2026年5月1日起施行，有效期五年。"], None),
            ("fs-nd-road-2026", "2026-08-18", "林源区林区道路管理办法（试行）", "2026-09-25", "2028-09-24", ["为加强林区道路管理养护，保障通行安全，制定本办法。", "林区道路分为干线、支线和作业道，养护责任由管护单位承担。", "春季化冻期禁止载重五吨以上车辆通行，禁行时间提前五日公告。", "损坏道路设施的，应当修复或者赔偿。", "本办法自2026年9月25日起试行，有效期二年。"], None)]
    for key, on, name, force, expires, arts, repeals in docs:
        lay("policies", key, on, GOV, f"林源区人民政府关于印发《{name}》的通知", p("各镇，区直各单位：", f"现将《{name}》印发给你们，请遵照执行。") + h2(name) + articles(arts) + p("（此件公开发布）"), name=name, doc="林源政规", force=force, expires=expires, repeals=repeals, subject="农业、林业、水利/林业" if "elder" not in key else "民政、扶贫、救灾/社会福利", summary=arts[0])
    for key, on, organ, target, why, points in [("fs-in-trail", "2025-05-20", "forestry", "fs-nd-trail-2025", "暂行办法到期，步道游客增多，安全和承载量的规则需要明确。", ["分级管理，一级步道有定位桩。", "公布承载量。", "大型活动提前五个工作日告知。"]), ("fs-in-elder", "2026-03-24", "civil-affairs", "fs-nd-elder-2026", "失能老年人居家照料负担较重，需要财政给予支持。", ["每月200元至500元服务券。", "服务机构公开遴选。", "评估结果可以申请复核。"]), ("fs-in-road", "2026-08-18", "forestry", "fs-nd-road-2026", "部分林区道路翻浆损毁严重，养护责任不清。", ["三类道路分类养护。", "化冻期限载。", "禁行提前公告。"])]:
        lay("interpretations", key, on, organ, "《{title:%s}》政策解读" % target, p("原文：《{title:%s}》（{no:%s}）。" % (target, target)) + sections([("为什么制定", [why]), ("主要内容", [items(*points)])]), interprets=[target], follow=target)
    for i, (on, name, a, b) in enumerate([("2026-01-28", "2025年", "4.7", "6.1"), ("2026-04-28", "2026年第一季度", "4.8", "6.8"), ("2026-07-28", "2026年上半年", "4.9", "7.2")]):
        lay("statistics", "fs-stat-2026" if i == 2 else f"fs-stat-{i}", on, OFFICE, f"{name}林源区主要经济指标", table(f"{name}指标增速（演示数据）", ["指标", "增速（%）"], [["地区生产总值", a], ["固定资产投资", b]], True), files=["forest-statistics.xlsx"] if i == 2 else None, genre="其他", pub="2026-07-30 10:12" if i == 2 else None)
    lay("budget", "fs-budget-2026", "2026-02-12", "finance", "林源区2026年预算草案的报告", p("2026年一般公共预算收入安排4210万元，支出3.1亿元，重点保障教育、养老和森林防火（演示数据）。") + table("主要支出", ["科目", "金额（万元）"], [["教育", "4120"], ["社会保障和就业", "5230"], ["农林水", "6840"]], True), files=["forest-budget.pdf"])
    lay("budget", "fs-final-2025", "2026-09-08", "finance", "林源区2025年财政决算公开说明", p("2025年支出决算2.94亿元，“三公”经费决算96万元，比预算减少7万元。"))
    for i, (on, title, text) in enumerate([("2026-05-19", "森林消防水车采购公告", "采购消防水车1辆，预算88万元，公开招标。"), ("2026-06-25", "森林消防水车采购中标公告", "中标金额84.6万元，供应商为演示企业戊。"), ("2026-09-22", "居家养老服务机构遴选结果公告", "遴选服务机构2家，服务期二年。")]):
        lay("procurement", f"fs-pc-{i + 1}", on, "finance", title, p(text, "对结果有异议的，可以在七个工作日内提出质疑。"))
    for i, (on, organ, title, text) in enumerate([("2026-06-23", "education", "林源区2026年义务教育招生公告", "适龄儿童免试就近入学，登记时间7月8日至10日。"), ("2026-07-09", "civil-affairs", "2026年第二季度社会救助资金发放公示", "保障低保对象214户301人，发放71.8万元，网站公布汇总数据。"), ("2026-10-20", "health", "2026年流感疫苗接种安排", "在三个接种点开展接种，遵循知情、自愿原则。")]):
        lay("public-welfare", f"fs-pw-{i + 1}", on, organ, title, p(text))
    lay("emergency", "fs-em-1", "2026-03-05", "emergency", "林源区森林火灾应急预案（简本）", sections([("响应分级", ["分四级响应，先疏散、后扑救。"]), ("信息发布", ["由指挥部统一发布，首次信息五小时内公布。"])]))
    lay("emergency", "fs-em-2", "2026-08-04", "emergency", "暴雨蓝色预警信息", p("预计未来二十四小时降雨40毫米以上，请注意防范。"), pub="2026-08-04 14:30")
    lay("service-items", "fs-sv-1", "2026-04-14", "service-centre", "林木采伐许可办事指南", table("事项要素", ["要素", "内容"], [["办理对象", "林木所有者"], ["承诺时限", "7个工作日"], ["收费", "不收费"]], True), subject="农业、林业、水利/林业")
    lay("disclosure-guide", "fs-guide", "2026-01-27", OFFICE, "林源区人民政府信息公开指南", sections([("获取方式", ["本平台、区图书馆设有查阅场所。"]), ("依申请公开", ["自收到申请之日起二十个工作日内答复，延长不超过二十个工作日。"]), ("工作机构", [f"{SITE['contact']['office']}，电话{SITE['contact']['phone']}。"])]))
    lay("annual-reports", "fs-ar-2025", "2026-03-10", OFFICE, "2025年林源区政府信息公开工作年度报告", sections([("总体情况", ["全年主动公开信息412条（演示数据）。"]), ("依申请公开", ["收到申请3件，全部按时答复。"]), ("问题和改进", ["解读形式不够丰富，将增加图表。"])]))
    lay("application", "fs-apply", "2026-01-27", "service-centre", "依申请公开办理说明", p("申请应当写明姓名或者名称、身份证明、联系方式和所需信息的特征。当面、邮寄和网上均可以提交。"))
    lay("recruitment", "fs-rc-1", "2026-05-26", OFFICE, "林源区2026年事业单位招聘公告", p("招聘专业技术人员6名，条件、时间和办法见岗位表。"))
    lay("announcements", "fs-rx-1", "2026-06-09", "emergency", "重要物资储备库点位表", "", cls="withheld", reason="公开后可能危及公共安全", summary="本条仅公开目录信息。")
    lay("policies", "fs-draft-1", "2026-11-12", GOV, "林源区供水管理办法（送审稿）", p("本稿件仍在审核中。"), state="draft")
