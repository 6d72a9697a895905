"""The service items (政务服务事项) of nineteen units and the cases (办件) of each month. Items are stems with their variants; the numbers of
cases are spread by weight, so that every total is exact. Made-up."""
from .variation import number, one, say, some
from .core import pick

P, C, R, S = "permit", "confirmation", "benefit", "public_service"
KIND_NAMES = {P: "行政许可", C: "行政确认", R: "行政给付", S: "公共服务"}
# unit: how many items; lines of: kind|stem|variants
UNITS = {
    "development-reform": (22, """P|企业投资项目核准|设立 变更 延期|P|固定资产投资项目节能审查|办理 变更|P|政府投资项目建议书审批|办理|P|政府投资项目可行性研究报告审批|办理 变更|P|政府投资项目初步设计审批|办理 概算调整|C|企业投资项目备案|设立 变更 撤销|S|价格认定|受理 复核|C|粮食收购价格监测点确认|确认 变更|S|招标事项核准意见|出具 变更|S|收费公示牌|制发 变更|S|重点项目信息查询|查询|S|价格投诉|受理 结果查询"""),
    "education": (31, """P|民办学校办学许可|设立 变更 终止 换证|P|校车使用许可|核发 变更 注销|C|教师资格认定|幼儿园 小学 初级中学|C|义务教育入学登记|小学 初中|S|中小学学籍管理|转学 休学 复学 信息变更|R|学生资助|学前教育 义务教育寄宿生 普通高中助学金 普通高中免学费|S|学历证明|毕业证明 补办|C|普惠性民办幼儿园认定|认定 复核|S|普通话水平测试|报名 证书补办|S|高考报名|资格审核 信息变更|S|教育收费|公示查询 投诉|S|少数民族考生加分资格|审核 公示|C|民办学校年度检查|办理|S|家庭教育指导|预约"""),
    "civil-affairs": (48, """C|婚姻登记|结婚 离婚 补领结婚证 补领离婚证 撤销受胁迫婚姻|S|婚姻登记档案|查询 出具证明|C|收养登记|成立 解除 补证|R|最低生活保障|申请 变更 终止|R|特困人员供养|认定 变更 终止|R|临时救助|申请 小额审批|R|高龄津贴|申请 变更 停发|R|困难残疾人生活补贴|申请 变更|R|重度残疾人护理补贴|申请 变更|R|孤儿基本生活费|申请 变更|P|社会团体登记|成立 变更 注销 章程核准|P|民办非企业单位登记|成立 变更 注销 章程核准|S|社会组织年检|办理 公告|P|公墓建设|审批 变更|C|地名命名|命名 更名 标准地名使用证明|R|殡葬惠民补助|申领|R|退役士兵自主就业补助|申领 复核|R|优抚对象抚恤补助|申请 变更|R|义务兵家庭优待金|申领 查询|S|养老机构|备案 变更|R|经济困难老年人服务补贴|申请 停发|S|流浪乞讨人员救助|受理"""),
    "human-resources": (48, """P|人力资源服务许可|核发 变更 延续 注销|P|劳务派遣经营许可|核发 变更 延续 注销|P|企业实行特殊工时制度|审批 续期|P|民办职业培训学校|设立 变更 注销|C|职业技能鉴定|报名 证书补办|C|职称评审|申报 证书补办 结果查询|S|流动人员人事档案|接收 转出 查阅 出具证明|S|集体合同审查|备案 变更|S|劳动用工|备案 变更|S|劳动人事争议调解|申请 结果查询|S|劳动保障监察投诉|受理 结果查询|C|工伤认定|申请 中止 补正|C|劳动能力鉴定|申请 复查|R|公益性岗位补贴|申请 续领|R|就业见习补贴|申请 拨付|R|创业担保贷款贴息|申请 展期|S|就业登记|单位 个人 变更|S|失业登记|办理 注销|C|就业困难人员认定|认定 退出|S|高校毕业生接收|报到 改派|S|技能提升补贴|申领|S|事业单位公开招聘|资格复审 档案查询|S|企业退休审批|正常退休 提前退休"""),
    "land-resources": (33, """P|建设项目用地预审|办理 变更|P|国有建设用地使用权划拨|审批 变更|P|国有土地使用权协议出让|审批 续期|P|临时用地|审批 延期|P|建设用地改变用途|审批|P|采矿许可|新立 延续 变更 注销|P|农村宅基地|审批 变更|P|土地开垦|审批 验收|C|土地权属争议|裁决|S|矿山地质环境保护方案|审查 验收|S|土地复垦方案|审查 验收|S|测绘成果资料|查询 提供利用|S|地质灾害危险性评估|备案 查询|S|土地供应结果|查询|S|闲置土地|认定 处置申请|S|征地信息|查询 复制|S|基准地价|查询|S|国土违法线索|举报受理 结果查询|S|储量评审|备案 变更"""),
    "environment": (29, """P|建设项目环境影响报告书|审批 重新审批|P|建设项目环境影响报告表|审批 重新审批|S|环境影响登记表|备案 查询|P|排污许可|核发 变更 延续 注销|P|危险废物收集经营许可|核发 变更 注销|P|夜间建筑施工|审批 延期|P|拆除闲置污染防治设施|审批|P|入河排污口|设置 变更|S|突发环境事件应急预案|备案 修订备案|S|辐射安全信息|申报 变更|S|环境监测数据|查询 复制|S|环境信访|受理 结果查询|S|清洁生产审核|评估 验收|S|污染源普查资料|查询|S|机动车环保信息|查询"""),
    "housing-construction": (49, """P|建筑工程施工许可|核发 变更 延期 补办|P|商品房预售许可|核发 变更 注销|P|燃气经营许可|核发 变更 延续 注销|P|城市排水许可|核发 变更 延续|P|市政设施建设|审批 变更|P|占用挖掘城市道路|审批 延期|P|改变绿化规划|审批|P|砍伐城市树木|审批 移植|C|建设工程消防验收|办理 复验|C|竣工验收|备案 资料补正|S|工程质量监督|登记 变更|S|施工安全监督|登记 变更|S|房屋租赁合同|备案 变更 注销|R|公共租赁住房|申请 变更 退出|R|住房租赁补贴|申领 变更|S|住宅专项维修资金|交存 使用 查询 退款|S|物业服务企业信息|备案 变更|S|房屋安全鉴定|申请 复核|S|棚户区改造安置|登记 选房|S|建筑节能信息|公示查询|S|农民工工资保证金|缴存 返还"""),
    "transport": (39, """P|道路旅客运输经营许可|核发 变更 延续 注销|P|道路货物运输经营许可|核发 变更 延续 注销|P|道路运输从业资格|核发 换证 补证 注销|P|出租汽车经营许可|核发 变更 延续 注销|P|出租汽车驾驶员从业资格|核发 换证 补证|P|机动车维修经营|备案 变更 注销|P|驾驶员培训经营许可|核发 变更 注销|P|涉路施工|审批 延期|P|超限运输车辆行驶公路|审批 变更|P|公路建设项目施工|许可 变更|C|道路运输证|配发 年审 补证|C|货运车辆技术等级|评定|S|农村客运线路|调整 查询|S|运输服务投诉|受理 结果查询"""),
    "agriculture-water": (40, """P|取水许可|申请 延续 变更 注销|P|河道管理范围内建设项目|审批 变更|P|河道采砂许可|核发 变更|P|水土保持方案|审批 变更|P|农作物种子生产经营许可|核发 变更 延续|P|农药经营许可|核发 变更 延续|P|水产养殖证|核发 变更 延续|P|拖拉机和联合收割机登记|注册 变更 转移 注销|P|拖拉机驾驶证|核发 换证 补证|S|水土保持设施验收|报备|R|农机购置补贴|申请 查询|R|耕地地力保护补贴|申报 查询|R|农业保险保费补贴|申请 查询|C|农民专业合作社示范社|认定 监测|C|无公害农产品产地|认定 复查|S|土壤检测|申请|S|农业技术咨询|预约 查询|S|防汛信息|查询|S|农民用水户协会|登记备案 变更"""),
    "culture-sports": (30, """P|娱乐场所经营许可|核发 变更 延续 注销|P|互联网上网服务营业场所许可|核发 变更 注销|P|营业性演出|审批 变更|P|出版物零售经营许可|核发 变更 注销|P|高危险性体育项目经营许可|核发 变更 延续|P|文物保护单位建设控制地带工程|审批|P|卫星电视接收设施|安装许可 变更|P|广播电视设施迁建|审批|C|非物质文化遗产代表性项目|申报 认定|C|社会体育指导员|认定 晋级|S|图书借阅证|办理 注销 补办|S|公益演出|申请|S|体育场馆|预约 团体预约|S|文艺辅导|预约|S|文化市场举报|受理 结果查询"""),
    "health": (38, """P|医疗机构执业登记|设置审批 执业登记 变更 校验 注销|P|医师执业注册|首次注册 变更 注销 多机构备案|P|护士执业注册|首次注册 延续 变更 注销|P|公共场所卫生许可|核发 变更 延续 注销|P|饮用水供水单位卫生许可|核发 变更 延续|P|放射诊疗许可|核发 变更 校验|P|母婴保健技术服务许可|机构 人员|C|生育登记|一孩 二孩|P|再生育审批|办理|R|独生子女父母奖励|申领 变更|R|计划生育特别扶助|申领 变更|S|出生医学证明|首次签发 换发 补发|S|预防接种证|补办 查验|S|义诊活动|备案|C|乡村医生执业注册|注册 再注册"""),
    "market-supervision": (57, """P|企业登记|设立 变更 注销 迁移 增补执照|P|个体工商户登记|设立 变更 注销 补照|P|农民专业合作社登记|设立 变更 注销|P|食品经营许可|核发 变更 延续 补办 注销|P|食品生产许可|核发 变更 延续 补办 注销|P|小作坊生产许可|核发 变更 延续 注销|P|小餐饮经营许可|核发 变更 延续 注销|P|药品零售经营许可|核发 变更 换发 注销|P|医疗器械经营|备案 许可 变更 注销|P|特种设备使用登记|办理 变更 注销|P|特种设备作业人员资格|认定 复审|P|计量标准器具核准|办理 复查|C|企业名称|自主申报 预先核准|C|股权出质登记|设立 变更 注销|C|动产抵押登记|设立 变更 注销|S|企业登记档案|查询 复制|S|年度报告|报送 补报|S|经营异常名录|移出 异议申请|S|消费投诉|受理 调解 结果查询|S|计量器具检定|受理|S|商标咨询|指导"""),
    "urban-management": (30, """P|大型户外广告设置|审批 变更 延期|P|门头牌匾设置|备案 变更|P|临时占用城市道路|审批 延期|P|建筑垃圾处置|核准 变更|P|从事城市生活垃圾经营性清扫|审批 变更|P|城市桥梁架设管线|审批|P|环境卫生设施拆除|审批|P|临时建筑物搭建|审批 延期|P|街头促销活动|审批|C|养犬登记|办理 变更 注销|S|便民摊点|申请 变更 退出|S|城管投诉|受理 结果查询|S|公厕信息|查询|S|停车泊位|申请 查询|S|垃圾清运|预约 费用查询|S|环卫收费|减免申请 查询|S|违法建设|举报受理 结果查询"""),
    "forest-resources": (33, """P|林木采伐许可|核发 变更 延期|P|木材运输证|核发 换发|P|木材经营加工|许可 变更 注销|P|使用林地|审核 延期|P|临时占用林地|审批 延期|P|野生动物人工繁育|许可 变更 注销|P|野生植物采集|许可 变更|P|林木种子生产经营许可|核发 变更 延续 注销|P|森林防火期野外用火|审批|P|进入森林防火区活动|审批 变更|P|植物检疫证书|核发 换发|C|林权流转|登记 合同备案|R|公益林补偿|申报 查询|S|森林保险|投保咨询 理赔查询|S|林业技术推广|咨询 培训报名|S|野生浆果采集|登记 查询|S|涉林违法线索|举报受理"""),
    "animal-husbandry": (20, """P|动物防疫条件合格证|核发 变更 注销|P|动物诊疗许可|核发 变更 注销|P|动物检疫合格证明|产地 屠宰 跨省|P|种畜禽生产经营许可|核发 变更 延续|P|兽药经营许可|核发 变更 延续|P|生鲜乳收购许可|核发 变更|P|生猪定点屠宰|设立 变更|C|执业兽医|备案 注销|S|强制免疫疫苗|领取|S|养殖场备案|办理 变更|R|病死畜禽无害化处理补助|申领"""),
    "public-security": (34, """C|户口登记|出生登记 死亡注销 迁入 迁出 项目变更 分户|C|居民身份证|申领 换领 补领 异地办理|C|居住证|申领 签注 补领|P|普通护照|申领 换发 补发|P|往来港澳通行证|申领 签注 补发|C|机动车登记|注册 转移 变更 注销|P|机动车驾驶证|换证 补证 审验|P|爆破作业|审批|P|烟花爆竹运输|许可|P|旅馆业特种行业许可|核发 变更|P|公章刻制业|许可 变更|S|无犯罪记录证明|出具|S|临时身份证|办理"""),
    "real-estate": (23, """C|不动产首次登记|土地使用权 房屋所有权 林权|C|不动产转移登记|买卖 继承 赠与 互换|C|不动产变更登记|姓名变更 面积变更 用途变更|C|不动产抵押登记|设立 变更 注销|C|不动产查封登记|办理 解除|C|不动产更正登记|依申请 依职权|C|不动产异议登记|办理 注销|C|预告登记|设立 注销|S|不动产权证书|换发 补发|S|不动产登记资料|查询 复制"""),
    "social-insurance": (30, """S|社会保险登记|单位参保 单位变更 单位注销 个人参保 个人变更|S|社会保险缴费|基数申报 补缴 退费 欠费查询|R|养老保险待遇|核定 领取地确认 资格认证 恢复发放 死亡待遇|S|养老保险关系转移|转入 转出 重复缴费清退|R|工伤保险待遇|医疗费 伤残待遇 工亡待遇 康复申请|R|失业保险金|申领 转移 停发|R|城乡居民养老保险待遇|申领 变更|S|社会保障卡|申领 挂失 补换 激活|S|参保证明|打印 核验|R|稳岗补贴|申领"""),
    "medical-insurance": (24, """S|基本医疗保险参保|职工 城乡居民 新生儿 变更 停保|R|医疗费用报销|住院 门诊慢性病 异地急诊 生育|S|异地就医备案|长期居住 转诊 取消|C|门诊慢性病资格|认定 复审 变更|S|医疗保险关系转移|转入 转出|S|定点医药机构|申请 变更 退出|R|医疗救助|申请 复核|R|大病保险|赔付申请 查询|S|医保个人账户|查询 清退 家庭共用|S|医保违规行为|举报受理"""),
}
KINDS = {"P": P, "C": C, "R": R, "S": S}
MATERIALS = {P: ["申请书", "法人或者经营者身份证明", "场所使用证明", "从业人员资格证明", "管理制度文本", "平面布局图", "安全评价材料"], C: ["申请表", "身份证明", "权属或者资格证明材料", "近期一寸照片", "单位出具的证明"], R: ["申请审批表", "居民身份证和户口簿", "收入和财产声明", "社会保障卡复印件", "相关证明材料"], S: ["申请表", "身份证明", "授权委托书（委托办理的）"]}
SHORT = {"查询": 1, "受理": 3, "咨询": 1, "打印": 1, "预约": 1, "结果查询": 1}


def items(names):
    """`names`: unit → its name. Every item with its guide, as the register keeps it."""
    out = []
    for unit, (wanted, text) in UNITS.items():
        parts = text.split("|")
        made = [(KINDS[k], f"{stem}（{variant}）" if len(variants.split()) > 1 or variant not in ("办理", "审批", "备案") else f"{stem}{variant}", variant) for k, stem, variants in zip(parts[0::3], parts[1::3], parts[2::3]) for variant in variants.split()]
        assert len(made) >= wanted, (unit, len(made), wanted)
        prefix = "".join(w[0] for w in unit.split("-")).upper()
        for n, (kind, name, variant) in enumerate(made[:wanted], 1):
            code = f"232762-{prefix}{list(UNITS).index(unit) + 1:02}-{n:03}"
            out.append(item(code, unit, names[unit], kind, name, variant))
    return out + [successor(it, names) for it in out if it["organ"] in SUCCESSORS]


# Units that ended with the reform of 2019: their items leave the catalogue and enter it again under the unit that went on with them.
SUCCESSORS = {"land-resources": "natural-resources", "environment": "ecology-environment", "culture-sports": "culture-tourism", "health": "health-commission", "agriculture-water": "agriculture-rural"}
WATER = ("取水", "河道", "水土", "防汛", "农民用水")


def successor(it, names):
    to = "water-affairs" if it["organ"] == "agriculture-water" and it["name"].startswith(WATER) else SUCCESSORS[it["organ"]]
    it["ended_on"] = "2019-02-28"
    return it | {"code": it["code"].replace("232762-", "232762-G"), "organ": to, "entered_on": "2019-03-01", "ended_on": ""}


def item(code, unit, unit_name, kind, name, variant):
    s = lambda k, text: say(code + k, text, name=name)
    statutory = SHORT.get(variant) or one(code + "d", {P: [20, 20, 30, 15], C: [10, 15, 20, 60], R: [20, 30, 15], S: [5, 10, 7]}[kind])
    promised = max(1, statutory * one(code + "p", [3, 4, 5, 6]) // 10)
    entered = f"201{6 + pick(code + 'y', 2)}-{1 + pick(code + 'm', 12):02}-{1 + pick(code + 'e', 28):02}"
    if pick(code + "new", 8) == 0:
        entered = f"2018-{1 + pick(code + 'm', 11):02}-{1 + pick(code + 'e', 28):02}"
    return {"code": code, "organ": unit, "name": name, "kind": kind, "basis": s("b", "{有关法律、法规和规章的规定|国家和省有关规定|权力和责任清单所列依据}（演示）"),
            "conditions": s("c", {P: "{申请人具有完全民事行为能力；场所、设施、人员符合规定条件|依法设立的单位或者个人，具备与{name}相应的条件，近一年没有相关违法记录}", C: "{申请人对申请事项享有相应权利，材料真实、合法、有效|符合{name}的法定条件，当事人自愿}", R: "{本区户籍或者常住居民，符合规定的对象和标准|家庭收入、财产状况符合规定，承诺信息真实}", S: "{与申请事项有关的单位和个人|需要办理{name}的单位、个人均可提出}"}[kind]),
            "materials": "；".join(["申请表" if kind in (C, S) else MATERIALS[kind][0]] + some(code + "m", MATERIALS[kind][1:], number(code + "k", 1, len(MATERIALS[kind]) - 1 if len(MATERIALS[kind]) < 5 else 4))),
            "procedure": s("o", "{窗口受理→审查→决定→送达|申请→受理→{现场核查|公示}→审批→发证|申请→核验→当场办结}"), "place": f"区行政服务中心{'一二'[pick(unit, 2)]}层{1 + pick(unit + 'w', 18)}号窗口（演示地址）", "hours": "工作日8:30—11:30，13:30—17:00",
            "phone": f"0457-000{3000 + list(UNITS).index(unit)}", "complaint_phone": "0457-0003999", "fee": one(code + "f", ["不收费"] * 9 + ["按照目录清单收费（演示）"]), "result": s("r", {P: "{许可证|准予许可决定书|批准文件}", C: "{登记证书|确认文书|资格证书}", R: "{审批决定和资金到账|待遇核定表}", S: "{办理结果告知|查询结果|证明材料}"}[kind]),
            "statutory_days": statutory, "promised_days": promised, "entered_on": entered}


# ---- cases: year → (route, handling) → numbers of the months

def spread(key, total, weights):
    """`total` shared out by the weights, exactly: the largest remainders get the rest."""
    whole = sum(weights)
    shares = [total * w // whole for w in weights]
    rest = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), pick(f"{key}{i}", 1 << 30)))
    for i in rest[:total - sum(shares)]:
        shares[i] += 1
    return shares


SEASON = [84, 52, 96, 90, 104, 96, 108, 112, 104, 76, 92, 98]
# year: (route, handling, [(months, total)]): the totals are those of the statistics records of the service centre.
YEARS = {
    2017: [("dedicated_net", "accepted", [(range(1, 13), 11842)]), ("intranet", "accepted", [(range(1, 13), 9716)]), ("paper", "accepted", [(range(1, 13), 7232)]), ("online", "accepted", [(range(1, 13), 31)]), ("online", "pushed", [(range(1, 13), 573)])],
    2018: [("dedicated_net", "accepted", [(range(1, 7), 7086), (range(7, 13), 7842)]), ("intranet", "accepted", [(range(1, 7), 5534), (range(7, 13), 6043)]), ("paper", "accepted", [(range(1, 7), 3404), (range(7, 13), 3348)]), ("online", "accepted", [(range(1, 7), 24), (range(7, 13), 36)]), ("online", "pushed", [(range(1, 7), 414), (range(7, 13), 478)])],
    2026: [("dedicated_net", "accepted", [(range(1, 7), 9964), (range(7, 10), 4820), (range(10, 12), 2690)]), ("intranet", "accepted", [(range(1, 7), 8616), (range(7, 10), 4174), (range(10, 12), 2302)]), ("paper", "accepted", [(range(1, 7), 1838), (range(7, 10), 882), (range(10, 12), 466)]),
           ("online", "accepted", [(range(1, 7), 10212), (range(7, 10), 5126), (range(10, 12), 2914)]), ("online", "pushed", [(range(1, 7), 3658), (range(7, 10), 1778), (range(10, 12), 946)])],
}


def cases(made):
    """Lines of (year, item, route, handling, twelve numbers): as many single cases as the numbers say."""
    lines = []
    heavy = {it["code"]: 1 + pick(it["code"] + "heavy", 14) ** 2 * (3 if it["organ"] in ("public-security", "social-insurance", "market-supervision", "medical-insurance", "civil-affairs") else 1) for it in made}
    for year, flows in YEARS.items():
        for route, handling, spans in flows:
            # A unit works on one of the nets; paper and online are open to all, few items use the last.
            share = {"dedicated_net": 2, "intranet": 3, "paper": 2}.get(route, 3 if year > 2020 else 9)
            takers = [it for it in made if (route in ("paper", "online") and pick(it["code"] + route, share) == 0) or (route in ("dedicated_net", "intranet") and (pick(it["organ"] + "net", 5) < 3) == (route == "dedicated_net"))]
            takers = [it for it in takers if it["entered_on"] < f"{year}-01-01" and (not it.get("ended_on") or year < 2019)]
            months = [[0] * 12 for _ in takers]
            for span, total in spans:
                by_month = spread(f"{year}{route}{handling}{span[0]}", total, [SEASON[m - 1] for m in span])
                for m, n in zip(span, by_month):
                    for row, got in zip(months, spread(f"{year}{route}{handling}{m}", n, [heavy[it["code"]] * (6 + pick(f"{it['code']}{m}", 9)) for it in takers])):
                        row[m - 1] = got
            lines += [{"year": year, "item": it["code"], "route": route, "handling": handling, "months": row} for it, row in zip(takers, months) if any(row)]
    return lines


def totals(lines, year, months, routes=None, handling=None):
    return sum(sum(line["months"][m - 1] for m in months) for line in lines if line["year"] == year and (routes is None or line["route"] in routes) and (handling is None or line["handling"] == handling))
