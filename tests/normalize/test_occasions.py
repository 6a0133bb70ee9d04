"""Meetings and whose they are."""
import pytest

from flows.normalize.occasions import occasion, parted


@pytest.mark.parametrize(("title", "organization", "meeting"), [
    ("在市水利局系统基层干部培训班开班仪式上的动员讲话", "市水利局", "基层干部培训班开班仪式"),
    ("领导在水务局节水护河推进活动会上的讲话", "水务局", "节水护河推进活动会"),
    ("在全市上半年工作总结暨下半年动员大会上的讲话", None, "上半年工作总结暨下半年动员大会"),
    ("区长在全区乡村振兴工作大会上的讲话", None, "乡村振兴工作大会"),
    ("X局局长在读书月活动上讲话", None, "读书月活动"),
    ("在全市“比学赶超、争先进位”总结表彰大会上的讲话", None, "“比学赶超、争先进位”总结表彰大会"),
    ("在市X局机关组织生活会上的讲话", "市X局", "组织生活会"),
    ("在县委十三届五次全会上的讲话", "县委", "十三届五次全会"),
    ("在市公安局交警支队春运安保誓师大会上的讲话", "市公安局交警支队", "春运安保誓师大会"),
    ("在公司2022年度工作会议上的讲话", "公司", "工作会议"),
    ("庆祝教师节大会主持词", None, "庆祝教师节大会"),
    ("在中国共产党某省第十次代表大会上的报告", None, "中国共产党某省第十次代表大会"),
    ("关于召开全县三级干部会议的讲话", None, "三级干部会议"),
    ("在学习贯彻党的某届三中全会精神专题研讨班开班式上的讲话", None, "学习贯彻党的某届三中全会精神专题研讨班开班式"),
    ("在庆祝某某学校建校50周年大会上的致辞", None, "庆祝某某学校建校50周年大会"),
    ("在X县乡村振兴工作会议上的讲话", None, "乡村振兴工作会议"),
    ("在鞍山市铁东区企业座谈会上的讲话", None, "企业座谈会"),
    ("在乡镇文化站规范化建设推进会上的发言", None, "乡镇文化站规范化建设推进会"),
    ("在社区日间照料中心揭牌仪式上的致辞", None, "社区日间照料中心揭牌仪式"),
    ("在幸福社区居民议事会上的讲话", "幸福社区", "居民议事会"),
    ("在全市中小学生运动会开幕式上的讲话", None, "中小学生运动会开幕式"),
    ("政协某某市委员会常务委员会工作报告", None, None),
    ("政府工作报告", None, None),
])
def test_a_title_tells_the_meeting(title, organization, meeting):
    assert occasion(title, None, "") == (organization, meeting)


def test_a_congress_is_named_by_its_kind():
    assert occasion("政府工作报告", "2011年1月8日在某州市第九届人民代表大会第一次会议上", "") == (None, "人民代表大会会议")
    assert parted("市十四届人大三次会议") == (None, "人民代表大会会议")


def test_the_opening_tells_where_the_title_does_not():
    text = "同志们：\n经批准，现在我们召开县统计局人口抽样调查工作动员会议，为的是把任务说清。"
    assert occasion("领导发言材料", None, text) == ("县统计局", "人口抽样调查工作动员会议")
    assert occasion(None, None, "同志们：\n下面我讲三点。") == (None, None)


@pytest.mark.parametrize(("title", "organization", "meeting"), [
    ("全市廉政工作会议主持词", None, "廉政工作会议"),
    ("“学雷锋”志愿服务活动启动仪式主持词", None, "“学雷锋”志愿服务活动启动仪式"),
    ("中央某某委员会向党的第十五次全国代表大会的工作报告", None, "党的第十五次全国代表大会"),
    ("更加注重预防——中央某某委员会向党的第十五次全国代表大会的工作报告", None, "党的第十五次全国代表大会"),
    ("在中国共产党第二十届中央委员会第三次全体会议上的讲话", None, "中国共产党第二十届中央委员会第三次全体会议"),
    ("在中国工会第九次全国代表大会上的致词", None, "中国工会第九次全国代表大会"),
    ("院长在2020年医院工作总结表彰大会上的讲话", "医院", "工作总结表彰大会"),
    ("在集团公司2021年党风廉政建设工作会议上的报告", "集团公司", "党风廉政建设工作会议"),
    ("在香港特别行政区成立二十六周年酒会上的致辞", None, "香港特别行政区成立二十六周年酒会"),
    ("在中国文联十大、中国作协九大开幕式上的讲话", None, "中国文联十大、中国作协九大开幕式"),
    ("在接见首都部队干部时的讲话", None, None),
    ("县人大常委会工作报告", None, None),
])
def test_a_meeting_keeps_what_tells_it_from_others(title, organization, meeting):
    assert occasion(title, None, "") == (organization, meeting)


def test_a_meeting_that_was_held_is_not_this_one():
    assert occasion(None, None, "我们刚刚召开了某某第十二次代表大会，形势很好。") == (None, None)
