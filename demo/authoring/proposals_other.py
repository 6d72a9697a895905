"""Suggestions and proposals of 2017 and of the living year: (kind, organ that answers, field, title, what came of it). Made-up."""

S, P = "suggestion", "proposal"
# Those of 2017 that have a record of their own keep its number: (number, key).
KEPT_2017 = {"关于增设学校周边斑马线的建议": 9, "关于整治流浪犬问题的提案": 11}
Y2017 = """
S|housing-construction|城建|关于加快城区路灯改造的建议|更换路灯316盏，其余列入下年计划
S|transport|交通|关于修复通场公路水毁路段的建议|修复水毁路段9处，恢复通车
S|health|卫生|关于改善社区诊所条件的建议|为两个社区卫生服务站更新设备
S|agriculture-water|农业|关于治理农田内涝的建议|疏浚排水沟4.2公里
S|water-supply|城建|关于更换老化供水管道的建议|更换管道3.1公里，停水时间提前公告
S|civil-affairs|民政|关于建立困难群众探访制度的建议|镇场每月探访一次并登记
S|forest-resources|林业|关于规范野果采集秩序的建议|设登记点11处，发放采集须知
S|heating|供热|关于提高末端住户室温的建议|改造末端支管26栋，室温达标
S|education|教育|关于增设学校周边斑马线的建议|增设斑马线7处、减速带4处
S|urban-management|城管|关于加强夜市油烟治理的建议|统一安装净化设备，定期检查
S|market-supervision|市场|关于规范校园周边食品店的建议|建立档案，每月检查一次
S|employment|就业|关于扩大公益岗位规模的建议|新增岗位46个
P|tourism|旅游|关于完善景区标识的提案|更换标识牌128块
P|culture-sports|文化|关于支持民间文艺团队的提案|补助团队9支，配发器材
P|public-security|公安|关于治理城区乱停车的提案|施划车位210个
P|commerce-grain|商贸|关于发展冷链物流的提案|建成冷库1座
P|environment|环保|关于加强水源地巡查的提案|实行每周巡查并公开
P|finance|财政|关于公开专项资金使用情况的提案|专项资金逐笔公示
P|statistics|统计|关于开展统计知识宣传的提案|举办开放日两次
P|health|卫生|关于推广中医适宜技术的提案|培训乡医32人
P|industry-information|工业|关于支持小微企业上云的提案|免费培训企业18家
P|forest-fire|林业|关于增加防火视频监控的提案|新增监控点14处
P|urban-management|城管|关于整治流浪犬问题的提案|起草养犬管理规定，设立收容点1处
P|land-resources|国土|关于清理闲置土地的提案|处置闲置土地5宗
P|social-insurance|社保|关于简化退休手续的提案|材料由9份减为4份
P|justice|法治|关于加强社区普法的提案|每个社区配法律顾问一名
P|archives|档案|关于开放历史档案的提案|开放档案2600件
P|petition|信访|关于畅通网上信访渠道的提案|开通网上投诉指导
P|medical-insurance|医保|关于提高慢性病报销比例的提案|提高五个百分点
P|animal-husbandry|农业|关于推进养殖粪污利用的提案|建设处理点3处
P|urban-planning|规划|关于保护老火车站建筑的提案|列入保护名录
P|broadcasting|文化|关于增加手语新闻的提案|周末播出一次
P|investment|经济|关于建立项目代办制度的提案|设代办专员12名
P|education|教育|关于加强校园阅读的提案|更新图书1.1万册
"""
Y2026 = """
S|transport|交通|关于优化城乡公交换乘的建议|优化线路3条，换乘免费|A
S|housing-construction|城建|关于加装老楼电梯的建议|完成加装4部，其余征求业主意见|B
S|civil-affairs|民政|关于扩大老年助餐点的建议|新增助餐点3处|A
S|natural-resources|林业|关于规范林下种植用地管理的建议|已出台支持措施并明确不得改变林地用途|A
S|water-affairs|水利|关于修复河道护岸的建议|修复护岸1.4公里|A
S|education|教育|关于延长课后服务时间的建议|延长到18时，自愿参加|A
S|health-commission|卫生|关于增加镇级检验项目的建议|新增检验项目16项|B
S|public-security|公安|关于治理电动车进楼的建议|设集中充电棚22处|A
S|employment|就业|关于支持季节工稳岗的建议|发放稳岗补贴|
P|culture-tourism|文化|关于打造林区研学线路的提案|发布线路3条|A
P|agriculture-rural|农业|关于推广食用菌工厂化栽培的提案|立项并开展试点|B
P|ecology-environment|环保|关于开展生物多样性监测的提案|布设红外相机120台|A
P|market-supervision|市场|关于规范直播带货的提案|建立台账和抽检制度|A
P|finance|财政|关于压减一般性支出的提案|压减3.2%|A
P|medical-insurance|医保|关于异地就医直接结算的提案|定点机构全部接入|A
P|emergency-management|安全|关于配备社区微型消防站的提案|建成15处|B
P|culture-tourism|文化|关于延长图书馆开放时间的提案|自9月起周五、周六延长至20时|A
P|service-centre|政务|关于设立“办不成事”窗口的提案|大厅已设立，每周通报|A
P|heating|供热|关于推行按热量计费的提案|选择两个小区试点|B
P|urban-management|城管|关于推进垃圾分类进校园的提案|12所学校全部开展|A
P|development-reform|经济|关于扩大林产品品牌影响的提案|注册集体商标|B
P|statistics|统计|关于公开月度民生数据的提案|每月20日发布|A
P|human-resources|人事|关于高层次人才住房的提案|提供人才公寓26套|A
P|agriculture-rural|农业|关于支持返乡青年创业的提案|纳入林下经济措施，开展创业培训3期|A
P|commerce-grain|商贸|关于发展夜间经济的提案||
P|broadcasting|文化|关于建设融媒体服务站的提案||
"""
