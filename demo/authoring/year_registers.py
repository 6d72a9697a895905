"""The registers of the district (台账) as tables that the import of the desk takes: service items and cases, WeChat, boards and screens,
requests, remedies, suggestions and proposals, trainings and tests, money. For the year of the report, the year before and the living one."""
import csv
import io

from . import places, proposals_2018, proposals_other, service_items, year_affairs
from .core import add_working_days, pick
from .variation import in_month, later, number, one, say, some, working_day

GO, SC = "government-office", "service-centre"
LAST = "2026-11-20"  # the last day of the data


def tables(made, lines, records):
    """File name → head and rows. `records` are the finished lines of records.jsonl."""
    names = {o[0]: o for o in places.ORGANS + places.SUCCESSORS + places.LATER}
    return {"service_items": items(made), "service_cases": cases(lines), "wechat_articles": wechat(records), "notice_places": boards(names), "disclosure_requests": requests(), "remedies": remedies(),
            "proposals": proposals(records), "trainings": trainings(), "training_participants": participants(names), "finance_entries": finance()}


def as_csv(head, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def items(made):
    kinds = service_items.KIND_NAMES
    rows = [[it["code"], it["name"], it["organ"], kinds[it["kind"]], it["basis"], it["conditions"], it["materials"], it["procedure"], it["place"], it["hours"], it["phone"], it["complaint_phone"], it["fee"], it["result"], it["statutory_days"], it["promised_days"], it.get("online_address", ""), it["entered_on"], it.get("ended_on", "")] for it in made]
    return ["事项编码", "事项名称", "实施机构", "事项类型", "设定依据", "受理条件", "申请材料", "办理流程", "办理地点", "办理时间", "咨询电话", "投诉电话", "收费情况", "办理结果", "法定时限（工作日）", "承诺时限（工作日）", "网上办理地址", "列入目录日期", "退出目录日期"], rows


def cases(lines):
    """Not cases but how many there are of each kind in each month; whoever loads them makes a row of every single one."""
    return ["年度", "事项编码", "办件渠道", "处理方式"] + [f"{m}月" for m in range(1, 13)], [[line["year"], line["item"], line["route"], line["handling"], *line["months"]] for line in lines]


def wechat(records):
    """Articles of the official account: most tell of a record of the site (named by its key), some stand for themselves."""
    rows = []
    wanted = {2017: (58, 40), 2018: (85, 64), 2026: (71, 60)}
    own = ["松岭早安：今天办事这样走", "一图看懂供热报修流程", "节日期间服务窗口怎么开", "林区防火，这几件事不能做", "老年人办证绿色通道开通", "这些证明不用开了", "社保缴费手机操作演示", "政务公开日邀请函", "网上申报小课堂", "窗口故事：多问一句少跑一趟", "今冬室温不达标怎么办", "雨天出行提示", "孩子入学材料清单", "公交线路调整早知道", "医保报销五问五答", "图书馆周末活动预告", "野果采集安全提示", "群众留言办理回音", "惠民政策早知道", "本周政务公开速递"]
    for year, (total, linked) in wanted.items():
        public = [r for r in records if not r.get("state") and not r.get("withdrawn") and r["disclosure_class"] == "proactive" and r["published_at"].startswith(str(year)) and r["published_at"][:10] <= LAST and r["content_type"] in ("government_news", "notice", "interpretation", "normative_document", "livelihood", "policy_document", "recruitment", "emergency")]
        chosen = sorted(some(f"wx{year}", public, linked), key=lambda r: (r["published_at"], r["key"]))
        for n, r in enumerate(chosen):
            day = min(str(add_working_days(r["published_at"][:10], pick(r["key"] + "wx", 2))), f"{year}-12-29")
            rows.append([r["title"], r["organ"], "松岭政务发布（演示）", day, f"https://mp.weixin.qq.com/s/yanshi-{year}-{n + 1:03}", r["key"], "", ""])
        for n in range(total - linked):
            month = 1 + n * 12 // (total - linked) if year < 2026 else 1 + n * 10 // (total - linked)
            title = f"{own[(n + year) % len(own)]}（{month}月）" + ("" if n < len(own) else "续")
            rows.append([title, one(f"wxo{year}{n}", [GO, SC, "broadcasting"]), "松岭政务发布（演示）", in_month(f"wx{year}{n}", month, year=year), f"https://mp.weixin.qq.com/s/yanshi-{year}-o{n + 1:02}", "", "", ""])
    rows.append(["周末便民市集时间（待更正）", "commerce-grain", "松岭政务发布（演示）", "2018-06-15", "https://mp.weixin.qq.com/s/yanshi-2018-back", "", "2018-06-16", "时间有误，撤回后重发"])
    return ["标题", "发布机构", "公众号", "发布日期", "文章地址", "信息索引号", "撤回日期", "撤回原因"], sorted(rows, key=lambda row: (row[3], row[4]))


def boards(names):
    rows = []
    ended = {code: places.REFORM_EVE for _, old, _, _ in places.CHANGES for code in old} | {"farm-machinery": "2018-11-30"}
    new = {o[0] for o in places.SUCCESSORS}
    spots = {"town": "镇（场）政府院门{东|西}侧", "management_area": "管护站{院内|入口处}", "community": "社区居委会门前", "institution": "服务大厅{入口|一楼走廊}", "department": "行政办公楼{1~5}层走廊", "office": "行政办公楼一层大厅"}
    keepers = {"town": "党政综合办公室", "management_area": "综合组", "community": "居民委员会", "institution": "综合科"}
    for code, name, short, kind, _ in names.values():
        if kind == "government":
            continue
        since = places.REFORM_ON if code in new else f"201{3 + pick(code + 'by', 4)}-{1 + pick(code + 'bm', 12):02}-{1 + pick(code + 'bd', 27):02}"
        rows.append([f"{short}政务公开栏", "政务公开栏", code, say(code + "spot", spots[kind]) + "（演示）", say(code + "size", "长{2|3|4|6}米，高{1|2}米"), keepers.get(kind, "办公室"), since, ended.get(code, "")])
    rows.append(["时代广场LED电子显示屏", "电子显示屏", GO, "时代广场北侧（演示）", "长8米，高4米，全彩", "政务公开科", "2016-09-20", ""])
    rows.append(["政务服务大厅信息屏", "电子显示屏", SC, "大厅一层入口（演示）", "55英寸，4块", "综合科", "2019-04-10", ""])
    rows.append(["松岭电视台政务公开专题", "广播电视", "broadcasting", "《松岭新闻》后播出", "每周一期，每期8分钟", "新闻部", "2015-03-02", ""])
    rows.append(["松岭人民广播电台便民信息", "广播电视", "broadcasting", "早间7时20分播出", "每日5分钟", "新闻部", "2014-05-12", ""])
    return ["名称", "类别", "管理机构", "位置", "规格", "管理岗位", "启用日期", "停用日期"], rows


REQUESTS = [
    # received, handled, organ, subject, applicant, way, outcome
    ("2017-03-06", "2017-03-22", "land-resources", "站前片区征收补偿方案文本", "自然人", "当面", "同意公开答复"), ("2017-04-18", "2017-05-05", "finance", "2016年城市维护费支出明细", "自然人", "信函", "同意公开答复"), ("2017-06-21", "2017-07-07", GO, "2003年机构改革批复文件", "自然人", "当面", "申请信息不存在"),
    ("2017-08-09", "2017-08-25", "housing-construction", "供热管网改造工程招标文件", "商业企业", "网络", "同意公开答复"), ("2017-09-19", "2017-09-29", "civil-affairs", "某林场职工安置名册", "自然人", "信函", "不属于本行政机关公开"), ("2017-11-07", "2017-11-24", "education", "学校布局调整论证报告", "自然人", "网络", "同意公开答复"),
    ("2018-01-16", "2018-02-02", "urban-planning", "中心街地块规划条件和总平面图", "商业企业", "当面", "同意公开答复"), ("2018-03-12", "2018-03-28", "heating", "供热收费标准的批复文件", "自然人", "网络", "同意公开答复"), ("2018-05-08", "2018-05-25", GO, "1998年林地划拨会议纪要", "自然人", "信函", "申请信息不存在"), ("2018-06-04", "2018-06-15", SC, "某企业税收优惠审批资料", "自然人", "当面", "不属于本行政机关公开"),
    ("2018-07-17", "2018-08-03", "land-resources", "劲松镇北山片区征地批准文件", "自然人", "信函", "同意公开答复"), ("2018-08-22", "2018-09-11", "environment", "菌包加工厂环评报告表全本", "自然人", "网络", "同意部分公开答复"), ("2018-09-26", "2018-10-18", "finance", "2017年区级专项资金绩效评价报告", "科研机构", "网络", "同意公开答复"), ("2018-10-30", "2018-11-14", "housing-construction", "公租房配租家庭的详细名单", "自然人", "当面", "不同意公开答复数：涉及个人隐私"), ("2018-11-27", "2018-12-12", "transport", "公交车购置合同", "自然人", "网络", "属于已主动公开范围"),
    ("2026-01-13", "2026-01-30", "natural-resources", "河东片区征收土地公告和补偿标准", "自然人", "网络", "予以公开"), ("2026-02-04", "2026-02-27", "finance", "2025年政府采购合同汇总", "商业企业", "网络", "予以公开"), ("2026-03-11", "2026-03-30", "housing-construction", "老旧小区改造施工图", "自然人", "当面", "部分公开"), ("2026-04-07", "2026-04-29", "ecology-environment", "锅炉排放监测原始记录", "自然人", "信函", "予以公开"),
    ("2026-04-28", "2026-05-13", GO, "1990年代办公用房调整材料", "自然人", "信函", "本机关不掌握相关政府信息"), ("2026-05-19", "2026-06-05", "public-security", "治安案件卷宗", "自然人", "当面", "属于行政执法案卷"), ("2026-06-09", "2026-06-25", "health-commission", "基本公卫资金分配表", "科研机构", "网络", "予以公开"), ("2026-07-01", "2026-07-20", "education", "义务教育划片论证材料", "自然人", "网络", "予以公开"),
    ("2026-07-23", "2026-08-11", "transport", "公交运营补贴核算说明", "自然人", "网络", "没有现成信息需要另行制作"), ("2026-08-18", "2026-09-07", "agriculture-rural", "高标准农田验收资料", "自然人", "当面", "予以公开"), ("2026-09-15", "2026-09-29", "civil-affairs", "养老机构补贴发放情况", "社会公益组织", "网络", "予以公开"), ("2026-10-13", "2026-11-03", "finance", "2026年上半年债务资金使用情况", "自然人", "网络", "予以公开"),
    ("2026-11-04", "", "natural-resources", "站前片区国有土地收回决定", "自然人", "网络", ""), ("2026-11-12", "", "housing-construction", "供热管网改造监理合同", "商业企业", "网络", ""),
]


def requests():
    rows, last = [], {}
    for received, handled, organ, subject, applicant, way, outcome in REQUESTS:
        year = received[:4]
        last[year] = last.get(year, 0) + 1
        # One complaint of the year was looked into and did not hold: nothing was corrected.
        complained = received == "2018-05-08"
        rows.append([f"{year}-{last[year]:04}", organ, subject, applicant, way, received, "2018-10-17" if received == "2018-09-26" else "", handled, outcome, "投诉不成立" if complained else "", "2018-06-05" if complained else "", "", ""])
    return ["编号", "受理机关", "申请内容", "申请人类型", "收到方式", "收到日期", "延期告知日期", "答复日期", "办理结果", "投诉举报", "投诉日期", "纠正日期", "收取费用"], rows


def remedies():
    rows = [["行政复议", "演示复字〔2018〕3号", "land-resources", "不服劲松镇北山片区征地文件公开答复", "演示地区行政公署", "2018-08-21", "", "2018-10-15", "结果维持", "2018-0005", "复议机关认为答复程序、内容合法"],
            ["行政诉讼", "演示行初字〔2018〕11号", GO, "不服申请信息不存在的告知", "演示人民法院", "2018-09-10", "", "2018-11-20", "结果维持", "2018-0003", "判决驳回诉讼请求"],
            ["行政复议", "演示复字〔2026〕2号", "public-security", "不服行政执法案卷不予公开的决定", "演示地区行政公署", "2026-07-06", "", "2026-08-31", "结果维持", "2026-0006", ""],
            ["行政诉讼", "演示行初字〔2026〕7号", "public-security", "复议后不服不予公开的决定", "演示人民法院", "2026-09-22", "是", "", "尚未审结", "2026-0006", ""]]
    return ["类别", "案号", "被申请（被告）机关", "案由", "受理机关", "提起日期", "复议后起诉", "审结日期", "结果", "所涉申请编号", "备注"], rows


WORDS = {"suggestion": "人大代表建议", "proposal": "政协提案"}
RATINGS = {"satisfied": "满意", "mostly_satisfied": "基本满意"}


def proposals(records):
    by_key = {r["key"]: r for r in records}
    rows = []
    for n, (kind, no, _, lead, others, field, title, done, detail, cls, rating) in enumerate(proposals_2018.PROPOSALS):
        reply = by_key[year_affairs.proposal_key(n)]
        rows.append(proposal(2018, kind, no, title, field, lead, others.split(), reply["written_on"], cls, (done + "。" + detail) if done else reply["summary"][:200], RATINGS[rating]))
    for year, text in ((2017, proposals_other.Y2017), (2026, proposals_other.Y2026)):
        last = {}
        for line in text.strip().splitlines():
            letter, lead, field, title, done, *cls = line.split("|")
            kind = {"S": "suggestion", "P": "proposal"}[letter]
            last[kind] = last.get(kind, 0) + 1
            k = f"po{year}{title}"
            cls = cls[0] if cls else one(k, "AAAB")
            replied = working_day(k, f"{year}-06-05", f"{year}-08-30") if cls else ""
            rows.append(proposal(year, kind, last[kind], title, field, lead, [], replied, cls, done if cls else "", one(k + "r", ["满意", "满意", "满意", "基本满意"]) if cls else ""))
    return ["类别", "届次", "编号", "标题", "领域", "提出人", "内容", "收到日期", "交办日期", "主办单位", "协办单位", "答复日期", "答复文号", "答复类别", "答复摘要", "评价"], rows


def proposal(year, kind, no, title, field, lead, others, replied, cls, summary, rating):
    is_s = kind == "suggestion"
    session = {2017: ("第八届人大第一次会议", "第八届政协第一次会议"), 2018: ("第八届人大第二次会议", "第八届政协第二次会议"), 2026: ("第十届人大第一次会议", "第十届政协第一次会议")}[year][0 if is_s else 1]
    # Sent out after the session, level by level; a few that came late were assigned a month later.
    received = f"{year}-01-{18 if is_s else 16}"
    assigned = working_day(f"pa{year}{kind}{no}", f"{year}-04-12", f"{year}-04-27") if replied and replied[5:7] > "06" else f"{year}-03-12"
    reply_number = f"松{'建' if is_s else '提'}复〔{year}〕{no}号" if replied else ""
    short = title.removeprefix("关于").removesuffix("的建议").removesuffix("的提案")
    body = say(f"pb{year}{kind}{no}", f"建议{short}：{{目前存在的困难由群众多次反映|经调研，相关问题在基层比较普遍}}，{{请有关部门研究解决|希望列入年度工作安排并公开进展}}。")
    return [WORDS[kind], f"松岭区{session}", f"第{no}号", title, field, say(f"pp{year}{kind}{no}", "{演示代表团|演示代表{甲|乙|丙}等{3~8}人|演示代表组}" if is_s else "{演示委员{甲|乙|丙}|演示界别小组|演示委员{丁|戊}等{2~6}人}"), body, received, assigned, lead, "、".join(others), replied, reply_number, cls, summary, rating]


TRAININGS = [
    ("培训", "2017年第一期政务公开业务培训", "2017-04-20", "", "条例解读；目录编制", None), ("培训", "2017年第二期政务公开业务培训", "2017-09-14", "", "栏目更新；信息报送", None), ("培训", "2018年全区政务公开业务培训", "2018-07-13", "", "条例解读；网站栏目规范；个人信息保护；稿件报送演练", None), ("测试", "2018年全区政务公开能力测试", "2018-11-16", "", "条例条文；时限计算；文号格式；公开属性判定", 60), ("培训", "2026年全区政务公开业务培训", "2026-09-22", "", "条例解读；依申请公开答复；个人信息保护；政策解读写作", None), ("测试", "2026年全区政务公开业务能力测试", "2026-11-12", "", "闭卷机考：条例、时限、公开属性、答复文书", 60),
]


def trainings():
    return ["类别", "名称", "举办日期", "结束日期", "举办单位", "地点", "内容", "满分", "合格分"], [[kind, title, on, end, GO, "行政办公楼三楼会议室（演示）", topics, 100 if least else "", least or ""] for kind, title, on, end, topics, least in TRAININGS]


LETTERS = "甲乙丙丁戊己庚辛壬癸"


def participants(names):
    rows = []
    new = {o[0] for o in places.SUCCESSORS}
    ended = {code for _, old, _, _ in places.CHANGES for code in old}
    for kind, title, on, _, _, least in TRAININGS:
        units = [o for o in names.values() if o[3] != "government" and (o[0] not in new if on < "2019" else o[0] not in ended | {"farm-machinery"})]
        pairs = some(title, [o[0] for o in units], 7)
        for code, _, short, _, _ in units:
            k = title + code
            # One or two of every unit; over both trainings of 2017 as many as its own report tells (134), all of them there.
            n = 1 + (code in pairs if on < "2018" else pick(k, 3) == 0)
            for i in range(n):
                name = f"演示人员{short.removeprefix('区')}{LETTERS[i]}"
                attended = kind == "测试" or on < "2018" or pick(k + f"a{i}", 14) > 0
                score = "" if not least else number(k + f"s{i}", 48 if pick(k + f"w{i}", 22) == 0 else 63, 98 if pick(k + f"t{i}", 3) == 0 else 91)
                rows.append([on, title, code, name, one(k + f"p{i}", ["信息员", "信息员", "分管负责人", "审核员"] if i else ["信息员"]), "参加" if attended else "缺席", score])
    return ["举办日期", "培训或测试名称", "单位", "姓名", "职务", "是否参加", "成绩"], rows


FINANCE = [
    ("列入预算", 2017, "其他", 4000, "2017-02-24", "松财预〔2017〕21号", "政务公开专项经费"), ("支出", 2017, "宣传", 1420, "2017-05-18", "2017-0518-06", "公开栏展板制作"), ("支出", 2017, "培训", 980, "2017-09-20", "2017-0920-03", "培训资料印刷"), ("支出", 2017, "网站建设维护", 1200, "2017-11-15", "2017-1115-11", "网站栏目调整"), ("支出", 2017, "管理", 260, "2017-12-12", "2017-1212-02", "档案盒、查阅点用品"),
    ("列入预算", 2018, "其他", 5000, "2018-02-26", "松财预〔2018〕19号", "政务公开专项经费，列入财政预算"), ("支出", 2018, "宣传", 1160, "2018-04-17", "2018-0417-09", "公开指南折页、公开栏更新"), ("支出", 2018, "管理", 340, "2018-06-21", "2018-0621-04", "查阅点复印耗材"), ("支出", 2018, "培训", 1280, "2018-07-18", "2018-0718-05", "业务培训教材和场地"), ("支出", 2018, "网站建设维护", 1500, "2018-10-23", "2018-1023-07", "网站栏目改版和安全检测"), ("支出", 2018, "培训", 420, "2018-11-20", "2018-1120-08", "能力测试试卷印制"), ("支出", 2018, "宣传", 300, "2018-12-14", "2018-1214-10", "公开宣传用品"),
    ("列入预算", 2026, "其他", 68000, "2026-02-27", "松财预〔2026〕33号", "政务公开专项经费"), ("支出", 2026, "宣传", 9600, "2026-04-22", "2026-0422-12", "基层公开目录印制"), ("支出", 2026, "网站建设维护", 26800, "2026-06-17", "2026-0617-08", "网站适老化改造"), ("支出", 2026, "培训", 7400, "2026-09-25", "2026-0925-15", "业务培训"), ("支出", 2026, "管理", 3150, "2026-10-20", "2026-1020-02", "查阅点设备维护"),
]


def finance():
    return ["类别", "年度", "单位", "用途", "金额（元）", "日期", "文件或凭证号", "说明"], [[kind, year, GO, purpose, amount, on, voucher, note] for kind, year, purpose, amount, on, voucher, note in FINANCE]
