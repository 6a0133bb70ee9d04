"""Sources that a page names."""
import pytest

from flows.normalize.source_names import source


@pytest.mark.parametrize(("head", "tail", "forms", "site", "name"), [
    (["时间：2018-09-01来源：某范文点击："], [], [], None, "某范文"),
    (["2026-01-31 07:00:44", "来源：", "某海日报"], [], [], None, "某海日报"),
    (["信息来源：公文小屋发布日期：2025/1/28浏览次数：45387"], [], [], None, "公文小屋"),
    (["【某某文库网】 【2019/6/20】 【打印】 【关闭】"], [], [], None, "某某文库网"),
    ([], ["（来源：某海日报）"], [], None, "某海日报"),
    ([], [], ["在大会上的讲话-领导讲话稿-文秘小屋"], None, "文秘小屋"),
    (["以下是讲稿小屋小编为您收集的在大会上的讲话，仅供参考"], [], [], None, "讲稿小屋"),
    ([], ["更多公文材料请关注微信公众号：文秘小屋"], [], None, "文秘小屋"),
    (["当前位置：材料小屋 - 讲话致辞 - 正文"], [], [], None, "材料小屋"),
    ([], ["讲稿小屋 版权所有 Copyright © 2022"], [], None, "讲稿小屋"),
    ([], [], [], "某海日报", "某海日报"),
    (["来源：网络 作者：佚名"], [], [], None, None),
    (["首页 > 范文 > 讲话稿 > 正文"], [], [], None, None),
    (["在大会上的讲话"], [], ["在大会上的讲话"], None, None),
])
def test_the_name_of_the_source(head, tail, forms, site, name):
    assert source(head, tail, forms, site) == name
