"""Kinds of speech."""
import pytest

from flows.normalize.genres import genre
from schemas.speeches import GENRES


@pytest.mark.parametrize(("title", "text", "kind"), [
    ("在全县大会上的讲话", "", "讲话"),
    ("在培训班开班仪式上的动员讲话", "", "动员讲话"),
    ("在全县秋粮收购动员会上的讲话", "", "动员讲话"), ("在全市造林动员部署大会暨现场会上的讲话", "", "动员讲话"),
    ("在全县秋粮收购动员会上的表态发言", "", "发言"), ("在全县秋粮收购动员会上的总结讲话", "", "总结讲话"),
    ("在社会动员座谈会上的讲话", "", "讲话"),
    ("县长施政总报告", "", "工作报告"), ("第九届会员大会会务报告", "", "工作报告"),
    ("在年度考核大会上的总结讲话", "", "总结讲话"),
    ("在座谈会上的表态发言", "", "发言"),
    ("校长在毕业典礼上的致辞", "", "致辞"),
    ("二〇二四年新年贺词", "", "致辞"),
    ("庆祝大会主持词", "", "主持词"),
    ("专题党课：做合格党员", "", "党课"),
    ("某州市2014年政府工作报告", "", "工作报告"),
    ("在中国共产党某县第十次代表大会上的报告", "", "工作报告"),
    ("2022年度述职述廉报告", "", "述职报告"),
    ("青春演讲稿", "", "演讲"),
    (None, "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。", "工作报告"),
    (None, "同志们：\n今天我给大家上一堂党课。", "党课"),
    (None, "同志们：\n我讲三点意见。", "讲话"),
    (None, "各位委员：\n我代表民盟市委会作大会发言。", "发言"), ("关于护好水源林的建议", "各位委员：\n我发言的题目是护好水源林。", "发言"),
    (None, "同志们：\n刚才各位代表作了发言，我都赞成。", "讲话"),
    (None, "春天来了。", "其他"),
])
def test_a_speech_has_a_kind(title, text, kind):
    assert genre(title, text) == kind
    assert kind in GENRES


@pytest.mark.parametrize(("title", "dateline", "text", "kind"), [
    ("两种前途", "开幕词", "", "致辞"),
    ("在某某党第八次代表大会上的政治报告", None, "", "工作报告"),
    ("某部发言人主持记者会", None, "各位记者：\n下午好。", "讲话"),
    ("我的一年", None, "各位领导：\n现将本人履行职责的情况述职如下。", "述职报告"),
    ("给自己一个机会", None, "各位评委：\n今天我竞聘的岗位是办公室主任。", "演讲"),
])
def test_a_dateline_and_the_opening_tell_the_kind_too(title, dateline, text, kind):
    assert genre(title, text, dateline) == kind


@pytest.mark.parametrize(("text", "filed", "kind"), [
    ("同志们：\n今天我想说说这本账。", ["党课"], "党课"),
    ("同志们：\n今天我想说说这本账。", ["", "支部书记讲党课登记表"], "党课"),
    ("同志们：\n今天我想说说这本账。", ["讲话致辞"], "讲话"),          # two kinds in one name say nothing
    ("各位前辈：\n我是跑船的。", ["演讲稿"], "演讲"),
    ("同志们：\n今天我想说说这本账。", ["新闻动态", "记录3"], "讲话"),
    ("春天来了。", ["领导讲话"], "讲话"),
    ("各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。", ["领导讲话"], "工作报告"),
    ("同志们：\n翻开这本账。\n我的党课就上到这里，谢谢大家。", [], "党课"),
    ("同志们：\n支部要把党课讲到群众心里。", [], "讲话"),
])
def test_what_a_speech_is_filed_as_tells_where_its_words_do_not(text, filed, kind):
    assert genre(None, text, None, filed) == kind
    assert genre("在年会上的致辞", text, None, filed) == "致辞"


@pytest.mark.parametrize(("text", "kind"), [
    ("各位来宾，女士们、先生们：\n今天，第二届江城柑橘节隆重开幕了。向各位来宾表示热烈的欢迎！\n预祝本届柑橘节圆满成功！", "致辞"),
    ("尊敬的各位嘉宾：\n今天水厂开工奠基，我谨表示热烈祝贺！祝各位身体健康、万事如意！", "致辞"),
    # to one's own, in parts, or without welcome and wishes
    ("同志们：\n今天隆重举行造林大会，首先向先进个人表示热烈的祝贺！要再接再厉。预祝活动圆满成功！", "讲话"),
    ("各位来宾、同志们：\n对各位表示热烈欢迎。下面，我讲三点意见。\n一、抓项目。\n二、抓环境。\n祝大家身体健康！", "讲话"),
    ("各位领导、各位来宾：\n今天研究柑橘产业，要抓好选种，抓好管护。谢谢！", "讲话"),
    # who leads through a meeting calls up its items
    ("同志们：\n现在开会。下面，进行会议第一项，请副县长宣读决定。\n下面，进行会议第二项，颁奖。", "主持词"),
    ("同志们：\n这个决定已经进行了第一项，还差两项，要抓紧。", "讲话"),
])
def test_a_greeting_is_told_by_its_text(text, kind):
    assert genre(None, text) == kind
    assert genre("在柑橘节上的讲话", text) == "讲话"
