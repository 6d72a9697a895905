"""The codes of `reference/` for the words that the authoring modules use. It invents no kind of its own."""

CONTENT_TYPES = {
    "announcement": "notice",
    "news": "government_news",
    "organ_profile": "institution",
    "leader_profile": "leader",
    "charge": "administrative_charge",
    "public_welfare": "livelihood",
    "disclosure_system": "disclosure_rule",
}
KEY_AREAS = {
    "resource_allocation": "public-resources",
    "public_welfare": "social-welfare",
    "procurement": "government-procurement",
    "service_items": "public-services",
    "major_projects": "major-projects",
    "budget": "budget-and-accounts",
}
COLUMN_TYPES = {
    "概况信息": "overview",
    "机构职能": "institution",
    "负责人信息": "leader",
    "工作动态": "news",
    "政策文件": "policy",
    "信息公开指南": "disclosure_guide",
    "信息公开目录": "disclosure_catalogue",
    "信息公开年报": "annual_report",
    "依申请公开": "disclosure_request",
    "数据发布": "data_release",
    "政策解读": "interpretation",
    "回应关切": "response",
    "办事服务": "service",
}
ORGAN_KINDS = {"office": "government_office", "management_area": "dispatched", "institution": "authorised"}
# Public institutions of Art. 55 among the units that the places call institutions.
PUBLIC_ENTERPRISES = ("松岭区人民医院", "松岭区城镇供热中心", "松岭区自来水公司", "松岭区图书馆", "松岭区广播电视台")


def content_type(word):
    return CONTENT_TYPES.get(word, word)


def organ_kind(word, name):
    return "public_enterprise" if name in PUBLIC_ENTERPRISES else ORGAN_KINDS.get(word, word)


def statutory_items(numbers):
    return [f"art20-{number:02}" for number in numbers] or None
