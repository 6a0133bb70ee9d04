"""Sources that a page names."""
import pytest

from flows.normalize.source_names import source


@pytest.mark.parametrize(("head", "tail", "forms", "site", "name"), [
    (["时间：2018-09-01来源：某范文点击："], [], [], None, "某范文"),
    (["来源：石溪发布发布时间：2019-10-25浏览次数："], [], [], None, "石溪发布"),
    (["来源：石溪发布"], [], [], None, "石溪发布"),
    (["2024-01-10 来源：某海日报 放大+ 缩小- 默认"], [], [], None, "某海日报"),
    (["来源：某海日报放大+缩小-默认"], [], [], None, "某海日报"),
    (["2021-12-03 15:20 来源：石溪园地+关注"], [], [], None, "石溪园地"),
    (["【来源：本站〗〖发布时间：2003-07-02】", "来源：讲话"], [], [], None, None),
    ([], ["版权所有：江城县信息中心建议使用800*600"], [], None, "江城县信息中心"),
    (["来源：某某文库发布：2020-01-01"], [], [], None, "某某文库"),
    (["发表于2016-10-9来源：某亭论坛只看该作者倒序浏览"], [], [], None, "某亭论坛"),
    (["2026-01-31 07:00:44", "来源：", "某海日报"], [], [], None, "某海日报"),
    (["信息来源：公文小屋发布日期：2025/1/28浏览次数：45387"], [], [], None, "公文小屋"),
    (["【某某文库网】 【2019/6/20】 【打印】 【关闭】"], [], [], None, "某某文库网"),
    ([], ["（来源：某海日报）"], [], None, "某海日报"),
    ([], ["（某海日报）"], [], None, "某海日报"),
    ([], ["——2014年1月13日在某海市第九届人民代表大会上（某海新闻网）"], [], None, "某海新闻网"),
    ([], ["（市司法局负责）", "（情况通报）"], [], None, None),
    ([], [], ["在大会上的讲话-领导讲话稿-文秘小屋"], None, "文秘小屋"),
    (["以下是讲稿小屋小编为您收集的在大会上的讲话，仅供参考"], [], [], None, "讲稿小屋"),
    ([], ["更多公文材料请关注微信公众号：文秘小屋"], [], None, "文秘小屋"),
    (["当前位置：材料小屋 - 讲话致辞 - 正文"], [], [], None, "材料小屋"),
    ([], ["讲稿小屋 版权所有 Copyright © 2022"], [], None, "讲稿小屋"),
    ([], [], [], "某海日报", "某海日报"),
    ([], ["版权所有 (C) 1997-1999 江城林业资讯 转载请注明出处"], [], None, "江城林业资讯"),
    (["“江城县政报”第三期"], [], [], None, "江城县政报"),
    (["《林业通讯》1986年第2期（总第40期）"], [], [], None, "林业通讯"),
    (["书名：江城县志"], [], [], None, "江城县志"),
    (["春季造林大会致辞范文", "春季造林大会致辞范文篇一"], [], [], None, None),
    (["欢迎阅读，希望这些样本能够为您提供参考"], [], [], None, None),
    (["本站内容由合作方或网友上传发布"], [], [], None, None),
    (["情况通报第3期", "工作简报 第12期", "县志办公室"], [], [], None, None),
    (["来源：网络 作者：佚名"], [], [], None, None),
    (["首页 > 范文 > 讲话稿 > 正文"], [], [], None, None),
    (["在大会上的讲话"], [], ["在大会上的讲话"], None, None),
    (["原创 宣传科 江城林场", "2022年3月12日 09:10 湖北"], [], [], None, "江城林场"),
    (["原创 王小明", "2022年3月12日 09:10 湖北"], [], [], None, None),
    (["原创 诗文 大赛", "欢迎参加"], [], [], None, None),
])
def test_the_name_of_the_source(head, tail, forms, site, name):
    assert source(head, tail, forms, site) == name


@pytest.mark.parametrize(("first", "name"), [
    ("村委会换届工作报告2021最新版.docx_文档小屋", "文档小屋"), ("校长年会致辞（精选） - 公文小栈", "公文小栈"),
    ("做合格党员 | 在支部大会上的讲话", None), ("树立新风——在全县大会上的发布", None),
])
def test_a_saved_page_begins_with_its_own_title(first, name):
    assert source([first, "在大会上的讲话"], [], [], None) == name


def test_a_page_greets_in_the_name_of_its_site():
    tail = ["版权所有：江城县林业局 地址：江城"]
    assert source(["欢迎光临江城林业信息网！建议用800*600浏览", "领导讲话"], tail, [], None) == "江城林业信息网"
    assert source(["欢迎光临本站", "领导讲话"], tail, [], None) == "江城县林业局"
    assert source(["热烈欢迎各位来到江城"], [], [], None) is None


def test_the_masthead_of_a_paper_on_the_screen():
    tail = ["版权所有 江城日报社"]
    for head in (["江城日报数字报", "2019年3月28日 星期四"], ["返回首页", "江城日报电子版", "第02版：要闻"],
                 ["江城日报数字报 2019年3月28日"]):
        assert source(head, tail, [], None) == "江城日报"
    assert source(["网站首页", "江城日报数字报", "领导讲话"], ["版权所有 江城县林业局"], [], None) == "江城县林业局"


@pytest.mark.parametrize("behind", ["手机版", "电脑版", "本文已影响381人", "已有20人"])
def test_what_a_bar_says_behind_a_name(behind):
    assert source([f"时间：2020-03-02来源：文秘小屋{behind}"], [], [], None) == "文秘小屋"


def test_what_a_link_says_behind_the_name_of_the_site():
    forms, crumbs = ["在造林会上的讲话 - 好树文稿网"], "好树文稿网 > 讲话 > 正文"
    assert source([crumbs, "来源：好树文稿网我要挑错"], [], forms, None) == "好树文稿网"
    assert source([crumbs, "来源：好树文稿网江城频道"], [], forms, None) == "好树文稿网江城频道"
    assert source(["来源：好树文稿网我要挑错"], [], [], None) == "好树文稿网我要挑错"


def test_the_part_of_a_body_wrote_and_the_account_put_out():
    bar = "宣传部 绿水先锋 2019-03-08 14:00 湖南"
    assert source([bar], ["来源：集团公司办公室"], [], "绿水先锋") == "绿水先锋"
    assert source([bar], ["来源：某海日报"], [], "绿水先锋") == "某海日报"
    assert source([], ["来源：集团公司办公室"], [], None) == "集团公司办公室"


def test_a_book_whose_pages_are_headed_with_its_name():
    assert source([], [], [], None, running=["在全县造林会上的讲话", "江城林业文选"]) == "江城林业文选"
    assert source([], [], [], None, running=["江城年鉴（第二卷）"]) == "江城年鉴"
    assert source(["来源：某海日报"], [], [], None, running=["江城林业文选"]) == "某海日报"
    assert source([], [], [], None, running=["在全县造林会上的讲话", "全县造林会议"]) is None
