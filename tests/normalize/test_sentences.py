"""Sentences of a speech that read like the page's stay; what the page puts between and into them goes, and leaves no stump."""
import pytest

from flows.normalize.sentences import is_governed, owner
from flows.normalize.speech import normalize
from tests.normalize.pages import SPEECH, TITLE, page

BEFORE, AFTER = "一、认清形势，增强造林绿化的紧迫感\n", "去年全县完成造林三万亩"
OWN = [
    "请各乡镇登录县林业局网站http://www.jclyj.example.cn/miaomu.html?id=3下载苗木调运表。",
    "请大家访问https://www.jiangcheng.gov.cn，看看造林补助的标准。",
    "请大家登录县林业局网站学习栽植技术。",
    "种苗的版权，也就是品种权，保护要跟上，侵权必究。",
    "转载外地经验要注明出处，这是对人家的尊重。",
    "欢迎大家到www.jiangcheng.gov.cn上提建议。",
    "大家可以关注“江城林业”微信公众号，扫描二维码领取技术手册。",
    "我们的网站是http://www.jclyj.gov.cn/index.html，欢迎来看。",
    "手机扫一扫，树种、树龄全知道，这个办法要推广。",
    "如有举报毁林的，要一查到底。",
    "微信公众号要办出特色。",
    "温馨提示：请各位代表把手机调到静音。",
    "（三）办好微信公众号、客户端",
]
OF_THE_PAGE = [
    "更多造林讲话稿请访问青苗文秘网。", "版权所有，侵权必究。", "未经许可，禁止转载。", "转载请注明出处。",
    "扫描下方二维码关注公众号，免费下载全文。",
    "请登录www.qingmiao.example.com查看全文。", "本站资料均来自网络，如有侵权请联系删除。", "图为全县干部群众参加义务植树。",
    "欢迎扫码关注我们，更多精彩等着你！", "（由于篇幅限制，先输出到这里，请各位继续阅读。）",
]


def read(text: str) -> str:
    speech = normalize(page(f"{TITLE}\n{text}\n"))
    assert speech is not None
    return speech.text


@pytest.mark.parametrize("sentence", OWN)
def test_a_sentence_of_the_speaker_stays_as_a_paragraph_and_within_one(sentence: str) -> None:
    whole = SPEECH.replace(BEFORE, f"{BEFORE}{sentence}\n")
    assert read(whole) == whole
    if sentence.endswith("。"):
        within = SPEECH.replace(AFTER, sentence + AFTER)
        assert read(within) == within


@pytest.mark.parametrize("sentence", OF_THE_PAGE)
def test_a_sentence_of_the_page_goes(sentence: str) -> None:
    assert read(SPEECH.replace(BEFORE, f"{BEFORE}{sentence}\n")) == SPEECH


@pytest.mark.parametrize("sentence", [
    "用好新媒体（微博、微信公众号、客户端），扩大影响。", "护林员（来自各村的贫困户）都上了岗。",
    "苗木平台（www.jcmiao.example.com）卖出树苗十万株。", "关注林业局官方微信（公众号：江城林业），及时转发。",
    "会上发的那篇文章由档案馆整理，大家要好好学。", "各单位未经授权不得转载涉密数据。",
    "可以上http://www.jcly.gov.cn举报，也可以来信。", "www.jcly.example.cn是我县的林业网站，大家要用好。",
])
def test_what_belongs_to_a_sentence_stays(sentence: str) -> None:
    within = SPEECH.replace(AFTER, sentence + AFTER)
    assert read(within) == within


@pytest.mark.parametrize("advert", [
    "（更多范文请访问青苗文秘网www.qingmiao.example.com）", "（www.qingmiao.com）", "www.qingmiao.com", "http://www.qingmiao.com/jh/12.html",
    "本文来自青苗文秘网，转载请注明出处",
])
@pytest.mark.parametrize("place", ["完成造林三万亩", "，成活率"])
def test_what_was_sown_into_a_sentence_goes(advert: str, place: str) -> None:
    assert read(SPEECH.replace(place, place[:-2] + advert + place[-2:])) == SPEECH


@pytest.mark.parametrize("advert", ["请访问http://www.qingmiao.com下载更多资料。", "扫描下方二维码关注公众号，免费下载全文。"])
def test_an_advert_between_sentences_goes_whole(advert: str) -> None:
    assert read(SPEECH.replace(AFTER, advert + AFTER)) == SPEECH


def test_whose_a_sentence_is() -> None:
    assert owner("版权所有，侵权必究。") == "page" and owner("各单位要保护版权。") == "speaker"
    assert owner("扫描二维码就看得见每棵树的来历。") == "doubtful"


def test_an_address_is_governed_by_what_stands_around_it() -> None:
    for sentence, governed in (("请登录www.a.com查看", True), ("到www.a.com上查", True), ("网址是www.a.com，", True),
                               ("要在www.a.com全县推广", False), ("成活率www.a.com达到", False)):
        start = sentence.index("www")
        assert is_governed(sentence, start, start + 9) is governed
