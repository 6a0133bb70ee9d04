"""Which site or paper a document says that it comes from."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from flows.normalize import bars, boundaries, furniture, sentences, speakers, titles
from schemas.lexicons import entries

_NOBODY = re.compile(
    r"^(?:(?:本站|本网|网络|互联网|因特网|原创|网友|会员|用户)(?:原创|转载|整理|收集|搜集|上传|提供|投稿|分享|编辑|发布|推荐)?|未知|佚名|不详|原创|转载|网友|会员|用户|用户上传|网络转载|网络整理|整理|作者|匿名|admin|管理员|无|暂无|其他|其它|来源|点击|[一-龥]{0,6}首页|主页|"
    r"某[省市州县区乡镇局校某]*|网上|同名|官方|讲话|(?:自媒体|本|该|第三方)?平台|百度|本文|本报|本刊|自己|编辑|小编|投稿|会员投稿|网友投稿|null|None|未注明|"
    r"[特副专]刊|微信|公众号|微信公众号|微信公众平台|今日头条|头条号|百家号|搜狐号|网易号|http.*|www.*)$", re.IGNORECASE
)
_OFFICE_LABELS = ("发布机构", "发布单位", "信息发布", "来源单位", "发文机关")
_SUPPLIERS = ("供稿",)
_STOP = r"\s　|｜丨/〖〗【】\[\]）)〕>〉，,；;。"
_NAME = rf"[\s·]?[“《「]?(?P<name>[^{_STOP}:：“”《》]{{2,24}})[”》」]?"


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(sorted(map(re.escape, entries("source_labels.txt")), key=lambda label: (-len(label), label)))
    # 发布机构 某市人民政府: in the tables of government pages a blank stands for the colon.
    offices = "|".join((*_OFFICE_LABELS, "发文机关"))
    return re.compile(rf"(?:(?:{labels})[ 　]*[:：|｜丨][ 　]*|^(?:{offices})[ 　]+){_NAME}", re.MULTILINE)


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼蜀滇黔"     # with which a number of registration begins
_PROMOTED = (
    re.compile(r"(?P<name>(?=\S{0,13}[一-龥])[^\s，。；、“”《》：:©]{2,14})[ \t　]*(?:版权所有|All Rights Reserved)", re.IGNORECASE),
    re.compile(rf"(?:Copyright|©|版权所有)(?:[（(]\s?[cC]\s?[）)]|[ \t　©\d\-–—:：])*(?!重要告示|私隐|隐私|免责)(?P<name>[一-龥]{{2,14}}?)"
               rf"(?=[{_PROVINCES}]?ICP|(?:单位|(?<=[学院校])学校|(?<=[公司厂])公司|通讯|联系|办公)?(?:地址|电话|邮编|技术支持|备案|主办|承办|联系)|(?:建议|推荐|请)(?:使用|用)|保留(?:一切|所有|全部)"
               r"|[^一-龥]|$)",
               re.IGNORECASE),
    re.compile(r"(?<![此该本个])(?:公众号|微信号|微信公众平台)\s*[:：]?\s*[“《「【]?(?![和与及或等的是在有]|同名)(?P<name>[^\s，。；、“”《》「」【】（）()：:]{2,16})[”》」】]?"),
    re.compile(r"(?:以下|下面|以上)?(?:就?是|为)?(?P<name>[^\s，。；、“”《》：:是为由]{2,12}?)(?:的?小编|编辑部?|网友)?(?:为|给|替)(?:您|你|大家|各位|同学们|网友|朋友们)[^，。]{0,8}?(?:整理|收集|搜集|带来|准备|推荐|分享|提供)"),
    re.compile(r"[为由](?P<name>[^\s，。；、“”《》：:是为由]{2,12}?)的?(?:会员|网友|用户)(?:投稿|推荐|上传|分享)"),
    re.compile(r"(?:由|来自|出自)[“《「]?(?P<name>[^\s，。；、“”《》：:（(]{2,14}?)[”》」]?(?:[（(][\w.\-/:]+[）)])?(?:整理|收集|编辑|发布|提供|收录)"),
    re.compile(r"(?:版权归|权归)[^，。]{0,10}所有[，,](?P<name>[^\s，。；、]{2,14}?)(?:仅|只)(?:作|提供|作为)"),
    re.compile(r"(?:当前位置|您的位置|您现在的位置|你的位置|位置|所在位置)\s*[:：]?\s*(?P<name>[^\s>》»›→\-/|:：]{2,14})\s*[>》»›→\-/|]"),
    re.compile(r"^(?P<name>[^\s>》»›→\-/|:：#]{2,14})[ 　]*(?:>|>>|»|›|→|＞)[ 　]*[^\s>»›→＞]", re.MULTILINE),
    re.compile(r"《\s?(?P<name>[^》\n]{1,9}[报刊])\s?》[^。\n]{0,8}(?:19|20)\d\d"),
    re.compile(r"(?:(?:19|20)\d\d年\d+月\d+|年.{1,3}月.{1,3})日[^。\n]{0,4}《(?P<name>[^》\n]{1,9}[报刊])》"),
    re.compile(r"《\s?(?P<name>[^》\n]{2,10})\s?》\s?[（(]?(?:19|20)\d\d(?:年第?\s?\d{1,2}\s?期|[/年]第?\d{1,2}(?!\d|月))"),
    re.compile(r"^【(?P<name>[^】\d\n]{2,12})】\s*【\d{4}", re.MULTILINE),
    re.compile(r"^(?P<name>新华社)(?=[^\s，。]{2,6}\d)", re.MULTILINE),
)
# One of these words stands wherever the pattern of the same place in _PROMOTED matches: words are found ten times as fast as patterns.
_CUES: tuple[tuple[str, ...], ...] = (
    ("版权所有", "reserved"),
    ("copyright", "©", "版权所有"),
    ("公众号", "微信号", "微信公众平台"),
    ("您", "你", "大家", "各位", "同学们", "网友", "朋友们"),
    ("会员", "网友", "用户"),
    ("整理", "收集", "编辑", "发布", "提供", "收录"),
    ("权归",),
    ("位置",),
    (">", "»", "›", "→", "＞"),
    ("报》", "刊》", "报 》", "刊 》"),
    ("报》", "刊》"),
    ("》20", "》19", "》 20", "》 19", "》（", "》("),
    ("【",),
    ("新华社",),
)
# What follows a name in a bar whose spaces were closed (来源：工作范文点击：). Public accounts are called 某县发布.
_NEXT = re.compile(
    r"(?:点击|浏览|阅读|作者|编辑(?!部)|责编|责任编辑|发布(?!$|发布)|时间|日期|更新|字体|字号|放大|缩小|建议(?:使用|用|您)|使用前必读|人气|打印|记者|收藏|评论|分享|热度|访问|次数|查看|[+＋]?关注|录入|投稿|会员(?=[:：]|$)|星级|上传|供稿|审核|"
    r"发文|成文|公开(?!$)|生成|最后(?=[更异修]|$)|违法(?:和|与)?不良|索引|信息(?!网|港|中心|办|化|局|处|科|社|公开$)|文号|主题|有效性|"
    r"(?:手机|电脑|触屏|无障碍|繁体)版|本文(?=[已被共])|已有(?=\d)|"
    r"只看|倒序|正序|楼主|发帖|回帖|回复|跟帖|电梯直达|字数|大小|类别|栏目|分类|标签|关键词|【|\d{4}[年\-/.])(?!网|报(?!道)|杂志|周刊|频道).*$"
)
_LABEL = 2      # characters of a label that no list holds
_LONGEST_LABEL = 6
_LEADS_TO_NAMES = "的了在由从到和与及或给向对把被为是叫上看读办用按据见让请帮找去来像比跟同"
# What sites call themselves that offer speeches as samples: 某某文秘网, 某某公文库.
_OF_SAMPLES = re.compile(
    r"(?:文秘|范文|公文|秘书|讲话稿|演讲稿|发言稿|党课|述职|写作|写材料|笔杆子?)[^，。]{0,3}(?:网|站|库|吧|园地|之家|驿站|在线|大全)$")
# What bulletin boards put behind their name: 某某社区 board.example.net·[FROM: …].
_SERVER = re.compile(r"\s*(?:[A-Za-z0-9\-]{1,40}\.){1,5}[a-z]{2,8}\b.*$|\s*[·•]?\s*\[FROM\b.*$")
# How the names of papers, stations and sites end, in a credit behind the text; 通报 and 简报 are none.
PAPER = (r"(?:[一-龥]{2,12}(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|大众报|法治报|法制报|机关报|报社|(?<!互联)(?<!联)网站?|"
         r"[市州县区省]委宣传部|电视台|广播电台|融媒体中心|通讯社)|[一-龥]{2,5}(?<![通汇申上简预情警举海电])报)")
# （某阳日报） alone in brackets, or behind a dateline
_CREDIT = re.compile(rf"[^（(【\[]{{0,60}}[（(【\[]《?({PAPER})》?[）)\]】]")
# A line above the text that is nothing but the name of a paper, a site or a public account.
_LONE = re.compile(
    r"[一-龥]{2,10}(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|法治报|法制报|机关报|报社|(?<!互联)(?<!联)网|文库|电视台|广播电台|融媒体中心|通讯社)"
    r"|(?!信息|新闻|权威|最新|政策|文件|通知|公告|受权|授权|成果|视频|图片|数据|独家|集中|公开)[一-龥]{2,6}发布|新华社|中新社|学习强国"
)
# The head of each page of a file from a site: 某某公文网 资料仅供内部交流
_PAGE_HEAD = re.compile(r"([一-龥]{2,10}?(?:(?<!互联)(?<!联)网|文库))(?=\s*(?:资料|文档|范文|仅供|内部|版权|欢迎|提供|整理|出品))")
# The bar of a public account: 原创 作者 栖鹤先锋 2023-06-28 18:30 发表于某地
_ACCOUNT = re.compile(r"(?=原创|.*发表于)(?:原创\s*)?(?:[^\s，。：:]{2,16}\s+|(?P<twice>[^\s，。：:\d]{2,16})(?=(?P=twice)[\d\s]))?"
                      r"(?P<name>[^\s，。：:]{2,16}?)\s*(?:(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?)(?:\s+\d{1,2}[:：]\d\d)?\s*(?:发表于|$|(?<=\d)\s+[一-龥]{2,3}$)"
                      r"|原创\s*(?P<own>[^\s，。：:\d]{2,16})\s*(?P=own)$")
# ... whose day stands on the line below: 原创 宣传科 栖鹤先锋 / 2023年6月28日 18:30 某地. One name alone is as well that of who wrote it.
_ACCOUNT_OVER_DAY = re.compile(r"原创(?:[ 　]+[^\s，。：:\d]{2,16}){1,2}[ 　]+(?P<name>[^\s，。：:\d]{2,16})")
# ... whose spaces were closed, with where it writes from behind the hour: 原创宣传科栖鹤先锋2023-06-28 18:30云南
_ACCOUNT_CLOSED = re.compile(r"原创\s*(?P<words>[^，。：:\d]{4,40}?)\s*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}[:：]\d\d)?"
                             r"\s*(?:发表于\s*)?[一-龥]{0,4}")
# What stands there where it puts up what another account wrote, or it did itself: 以下文章来源于栖鹤先锋 ，作者宣传科
_TAKEN_FROM = re.compile(r"以下(?:文章|内容)来源于\s*(?P<name>[^\s，,。：:]{2,16}?)\s*[，,]\s*作者")
_LEAST_ACCOUNT = 3
# 某阳日报 2016年1月29日 星期五; 第2版 2016年9月15日 星期四 某校报
_MASTHEAD = re.compile(
    r"^([一-龥]{2,8}(?:日报|晚报|晨报|早报|时报|商报|侨报|周报|农民报|都市报|青年报))\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*(?:星期|周)[一二三四五六日天]\s*([一-龥]{2,10}报)$")
# The number of a periodical in its head: “某县政报”第三期, 某某通讯 1986年第2期（总第40期）. What offices number for themselves is none.
_NUMBER = r"第?\s?[\d一二三四五六七八九十百〇○零]{1,5}\s?[期号辑卷]"
_ISSUE = re.compile(r"[《“「]?(?P<name>[一-龥]{2,12}(?:(?<![通汇申上简预情警举海电])报|(?<![特专副增])刊|通讯|文选|文丛|选辑|丛刊))"
                    r"[》”」]?"
                    rf"[\s,，·]*[（(]?(?:(?:19|20)\d\d年?[\s,，]*)?{_NUMBER}[）)]?(?:[\s,，]*[（(]?总{_NUMBER}[）)]?)?")
# Which running heads of a print are the name of what it is a part of
_PRINTED = re.compile(r"[《“]?(?P<name>[一-龥]{2,14}(?:[省市县区州镇村校厂]志|年鉴"
                      r"|文选|文集|文存|选集|选编|汇编|选辑|言论集|讲话集|丛刊|月刊|季刊|[政公]报))[》”]?"
                      rf"(?:[（(]?(?:{_NUMBER}|[上中下][卷册]?)[）)]?)?")
_DIGITAL = re.compile("([一-龥]{2,12}?报)(?:多媒体)?(?:数字报|电子报|电子版|数字版|网络版)刊?")
_BEHIND_DIGITAL = re.compile(r"[\s|｜·]*(?:(?:19|20)\d\d\s*[-/.年].{0,40})?")
_OF_A_LEAF = re.compile(r"版面(?:导航|目录)|第\s?[A-Z]?\d{1,3}\s?版")
# How a page of its day greets whoever opens it: 欢迎光临某某信息网！
_GREETS = re.compile(r"欢迎(?:您|你|大家)?(?:光临|访问|来到|浏览|登[录陆]|进入)[“《「]?"
                     r"(?P<name>[一-龥]{2,14}?(?<!互联)(?<!联)(?:网站|网|在线|之窗|论坛|社区|热线))"
                     r"(?=[^一-龥]|$|建议|今天|现在)")
PIECES = re.compile(r"\s*[_|｜\-–—－]+\s*")
_OPENING = re.compile(r"[\s>＞»›→|｜·/\]］】（(：:—_-]")
_HAN_WORD = re.compile("[一-龥]{2}")
_MASTHEADS = 5
_HOST = re.compile(r"(?<![\w.@-])(?:(?:www|wap|3g|m)\.)?"
                   r"([a-z0-9-]{3,40}(?:\.[a-z0-9-]{2,20}){0,2}\.(?:com|cn|net|org|cc|vip|top|info))(?![\w.])", re.IGNORECASE)
_OPEN, _SHUT = r"（(\[【〔<＜{｛", r"）)\]】〕>＞}｝"
_MARKS_BETWEEN = " 　/·*-_|.、#+~=&@"       # by which a page takes its name apart: 青/禾/文/秘/网
_BETWEEN = re.escape(_MARKS_BETWEEN)
# What a site leaves of its name where it takes it apart (青-禾-文-秘 for 青禾文秘网) may be a word that speeches have, too, and a heading
# may be spaced.
_STEM = re.compile("(?P<stem>[一-龥]{3,10})(?:网站|网|站|文库|库|在线)")
_MARKS_IN_STEM = _MARKS_BETWEEN.translate(str.maketrans("", "", " 　、"))
_SIGNS = r"~～#＃^*＊_=＝|｜◆◇★☆●○■□▲△※§"
_DASHES = r"—–―\-"
# What a site says of a text between dashes, what it asks of those who copy it, and how it numbers its texts: 某某网编号AB20210315.
_OF_SITES = r"(?:转载|转自|来自|来源|出自|摘自|原创|首发|整理|收集|版权|链接|出处|更多)"
_ASKS = rf"(?:[，,]?(?:转载|引用|使用|复制)[^，。；！？{_DASHES}]{{0,4}}(?:注明|保留|标明|附上|带上)[^，。；！？{_DASHES}]{{0,8}})?"
_NUMBERED = r"(?:文章|文档|文稿|稿件|资料|素材|内容)?(?:编号|序号|代码|ID|No\.?)[:：]?\s?[A-Za-z]{0,6}[-_]?\d{4,20}"
# What a site says that it did with a text, where it sows its name into the sentences: 某某文苑首发
_DID = ("(?:(?:独家|精心|收集|搜集|汇总)?(?:整理|收集|搜集|原创|首发|出品|采编|供稿)(?:整理|发布|提供|分享)?"
        "|(?:独家|原创|倾情|精心)(?:发布|提供|分享|上传))")
_ADDRESS_BEHIND = r"[A-Za-z0-9-]{2,40}(?:\.[A-Za-z0-9-]{2,40}){1,3}"
_NO_SENTENCE_ON = "的了过出成好完到在给于"       # 某某网整理的资料 is spoken of
_SOWN_LEAST = 2
_MARKED_LEAST = 4       # characters of a name that no sentence holds by chance
_LONE_REACH = 12
_LONGER_THAN_SITE = 5   # characters of a name that holds that of a site and two more
_OF_BODY = re.compile("(?:频道|栏目|专栏|论坛|社区|客户端|中心|编辑|记者|网站|分站|电视|[部台站社室院会局处科组报刊网版团队])$")
_COLUMN_MOST = 8        # characters of the name of a column
# How sites are called that are nothing else: 通讯网, 信息网 and 互联网 are also what texts are about
_CALLED_SITE = re.compile("[一-龥]{2,12}(?:(?<!联)(?<!电)(?<!路)(?<!管)(?<!水)网站?|信息港|在线|之窗|热线|论坛|文库|资料库|日报|晚报)")
_OWN_LINE = 40          # characters of a line in which a site speaks of itself
_CREDITS = 3
# A line that is the page's own <title>: 某会上的讲话_优秀范文_某某网.
_TITLED = re.compile(r"^[^。]{6,80}[_|｜-]\s*[^_|｜。\-]{2,14}网$")
# Where a text was saved with the title of its page as the first line, the site of files stands behind the name of the file, or apart.
_FIRST_TITLED = re.compile(r"^[^。]{4,80}(?:\.(?:docx?|pdf|pptx?|wps|txt|rtf)\s*[_|｜–—-]+|\s[_|｜–—-]+\s|[_|｜])"
                           r"\s*(?P<site>[一-龥A-Za-z\d]{3,12})$", re.IGNORECASE)
_SPOKEN = re.compile(r"(?:[在的].*|(?:书记|长|主任|主席|代表|专题|主题|廉政))"
                     r"(?:讲话|致[辞词]|发言|讲稿|党课|报告|演讲|演说|主持词)(?:讲?稿)?$")
# words of the sentence in which a site says what it offers, taken for its name: 由合作方或|网友上传
_NO_SITE = re.compile("这些|能够|可以|合作方|[或和与及]$")
# The heading of a collection, which its page repeats, is no site: 百年校庆庆典致辞范文
_SAMPLES = re.compile(r"(?:讲话|致[辞词]|发言|演讲|演说|主持|党课|述职|竞聘|贺词|讲|报告)[稿词辞]?(?:材料)?"
                      r"(?:范文|范本|范例|模板|样本|精选|汇编|集锦)$")
# 2020-12-30 08:30 is no part of what its - and : seem to part from the rest of a line, nor is what another cut has left of it.
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?!\d)[\s\])】]*(?:(?:星期|周)[一二三四五六日天])?"
                  r"(?:\s*[上下]午)?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?")
_REST_OF_DAY = re.compile(r"^(?:\d{1,2}(?:[日号][\s\])】）|/·\-]*|[\s\])】）|/·\-]+)|\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*)+(?=\S)")
_GENERIC = re.compile(
    r"^(?:home|index|首页|主页|网站首页|返回首页|范文|公文|正文|文章|讲话稿?|领导讲话稿?|范文大全|当前|网站|资讯|新闻|频道|栏目|网?小编|本站|本网|我们|这里|作者|下面|以下|"
    r"今天|编者|特意|精心|会员|讲话致辞|会议讲话|站内|位置|导航|目录|上一[篇页]|下一[篇页])$", re.IGNORECASE
)


# © 2016某某学院, 2008-2016某某网: the years of a copyright before the name. 2016年某某 is none, nor is 360.
_COPYRIGHT_YEARS = re.compile(r"^(?:19|20)\d\d(?:\s?[-–—~至]\s?(?:19|20)?\d\d)?(?=[一-龥])(?!年|度|级|届)")
# No site and no paper is called so: a question, a link of the page's foot, a kind of speech or so many of them.
_NO_NAME = re.compile(r"[？！?!]|^(?:版权所有|[^，。]{0,2}网盘|[^，。]{0,6}(?:协议|条款|隐私政策|声明))$"
                      r"|(?:讲话|发言|主持词|演讲|演说|党课|致[辞词]|述职报告|工作报告)(?:稿|材料|范文)+(?:精选)?[一二三四五六七八九十\d]{1,2}篇$"
                      r"|^演讲稿$|^(?:小编|编辑)|^本吧$|.(?:点击|浏览|阅读|人气)$")


def _valid(name: str) -> str | None:
    name = _SERVER.sub("", _NEXT.sub("", name)).strip(" 　:：·-—+＋©“”《》[]【】〖〗（(")
    name = _COPYRIGHT_YEARS.sub("", _REST_OF_DAY.sub("", name)) if name[:1].isdigit() else name
    if not 2 <= len(name) <= 24 or "<" in name or _NOBODY.match(name) or re.fullmatch(r"[\d\-:：./年月日\s]+", name):
        return None
    return None if _NO_NAME.search(name) or speakers.role(name) == name else name


def _before_label(match: re.Match[str], pages: Sequence[str]) -> str:
    """The name in a bar, without the label that follows where the spaces between were closed: 某某文库围观：1538人次. A label is of two
    characters, unless `pages` have the name without a longer one elsewhere, too."""
    name, following = match["name"], match.string[match.end("name"):match.end("name") + 1]
    if not following or following not in ":：" or len(name) < _LABEL + 3 or _NEXT.search(name):
        return name
    cuts = (name[:-length] for length in range(_LABEL, min(_LONGEST_LABEL, len(name) - 3) + 1))
    return next((cut for cut in cuts if sum(page.count(cut) for page in pages) > 1), name[:-_LABEL])


def _without_link(name: str, forms: Sequence[str], head: Sequence[str]) -> str:
    """The name without the words of a link that stood behind it, where the page calls itself by the rest in its <title> or in the first
    lines: 某某文稿网 for 某某文稿网投诉建议. What is a part of a site, or another body, keeps its name: 某某网江城频道."""
    if len(name) < _LONGER_THAN_SITE:
        return name
    own = [piece for form in forms for piece in PIECES.split(form)[:0:-1]]
    own += [_OPENING.split(line.lstrip(" #*["), maxsplit=1)[0] for line in head[:_MASTHEADS]]
    sites = (site for site in own if 3 <= len(site) <= len(name) - 2 and name.startswith(site) and _is_site(site))
    return next((site for site in sites if not _OF_BODY.search(name, len(site))), name)


def _is_site(words: str) -> bool:
    """Whether words are a name as sites and papers have it."""
    return len(words) <= 16 and any(word in words for word in entries("site_words.txt")) and not _SPOKEN.search(words)


def _before_columns(forms: Sequence[str]) -> str | None:
    """The name of a site with which the page's <title> begins, where only the names of its columns stand behind it: 某县信息港--领导讲话.

    Behind the title of a text stands the name of its column, too, so that the first must end as sites are called."""
    for form in forms:
        first, *rest = [piece for piece in PIECES.split(form) if piece] or [""]
        if rest and all(len(piece) <= _COLUMN_MOST and not _is_site(piece) and not titles.says_where(piece) for piece in rest) \
                and _CALLED_SITE.fullmatch(first) and (name := _valid(first)) and not (_GENERIC.match(name) or _SAMPLES.search(name)
                                                                                  or _SPOKEN.search(name) or titles.like_title(name)):
            return name
    return None


def _named_again(forms: Sequence[str], head: Sequence[str], tail: Sequence[str]) -> str | None:
    """The name that the page repeats: a part of its <title> or the beginning of its first lines, which other lines of it hold too.

    Columns are repeated as well (领导讲话), so that a name without a word of sites must also open a line at the top of the page.
    """
    lines = [line for line in (*head, *tail) if len(line) <= 200]
    openings = [_OPENING.split(line.lstrip(" #*["), maxsplit=1)[0] for line in head[:_MASTHEADS]]
    # each with the number of lines that hold it at least, that with its own among them
    parts = [(part, 1 + (form in lines)) for form in forms for part in PIECES.split(form)[:0:-1]]
    for part, least in (*parts, *((opening, 2) for opening in openings)):
        name = _valid(part) or ""
        if len(name) < 3 or not _HAN_WORD.search(name) or _GENERIC.match(name) or _SAMPLES.search(name) or _SPOKEN.search(name) \
                or speakers.speaker_line(name) or titles.like_title(name):
            continue
        if (_is_site(name) and sum(name in line for line in lines) >= least) or (least == 1 and name in openings):
            return name
    return None


@lru_cache(maxsize=256)     # the documents of one site follow one another
def _watermark(names: tuple[str, ...], hosts: tuple[str, ...], stems: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Where a page of these names and addresses writes them into a sentence: in brackets, behind 来自, letter by letter; of names without
    their end, `stems`, letter by letter alone."""
    forms = []
    for name in names:
        letters = rf"[{_BETWEEN}]?".join(map(re.escape, name))
        apart = rf"[{_BETWEEN}]{{1,3}}".join(map(re.escape, name))
        forms += [rf"[{_OPEN}][^{_OPEN}{_SHUT}。]{{0,30}}{letters}[^{_OPEN}{_SHUT}。]{{0,40}}[{_SHUT}]", apart,
                  rf"[{_DASHES}]{{1,4}}(?=[^{_DASHES}。]{{0,60}}{_OF_SITES})[^{_DASHES}。]{{0,20}}{letters}[^{_DASHES}。]{{0,30}}[{_DASHES}]{{1,4}}",
                  rf"(?:内容|本文|全文|文章|资料|此文|更多[^，。；]{{0,8}})?(?:来自|来源于?|转自|摘自|出自|尽在|请访问|请上|首发于?)[:：]?{letters}{_ASKS}",
                  rf"(?:^|(?<=[。！？；，])){letters}{_NUMBERED}[。；，]?", rf"{letters}{_NUMBERED}",
                  # in the midst of a clause, where nobody asks for anything
                  rf"(?<=[一-龥])更多[^，。；！？]{{0,12}}(?:请|欢迎|敬请)(?:关注|访问|登[录陆]|搜索|收藏){letters}"
                  rf"(?=[一-龥])(?![{_NO_SENTENCE_ON}查看获])",
                  rf"(?<![{_LEADS_TO_NAMES}]){letters}{_ADDRESS_BEHIND}{_DID}(?![{_NO_SENTENCE_ON}])"]
        if _OF_SAMPLES.search(name):        # of such a site nobody speaks within a clause, unless a word before it leads to it
            forms += [rf"{letters}版权所有", rf"(?<=[一-龥])(?<![{_LEADS_TO_NAMES}]){letters}(?=[一-龥])"]
    for stem in stems:
        apart = rf"[{re.escape(_MARKS_IN_STEM)}]{{1,3}}".join(map(re.escape, stem))
        forms += [rf"[{_OPEN}][^{_OPEN}{_SHUT}。]{{0,20}}{apart}[^{_OPEN}{_SHUT}。]{{0,30}}[{_SHUT}]", apart]
    for host in hosts:
        known = r"\s?[.．·]\s?".join(r"\s?".join(map(re.escape, part)) for part in host.split("."))
        forms += [rf"[{_OPEN}][^{_OPEN}{_SHUT}。]{{0,30}}{known}[^{_OPEN}{_SHUT}。]{{0,40}}[{_SHUT}]",
                  # between two signs that no sentence has, with who says it: ~某某文苑 wenyuan.com 收集~
                  rf"[{_SIGNS}]{{1,4}}[^{_SIGNS}。]{{0,20}}{known}[^{_SIGNS}。]{{0,20}}[{_SIGNS}]{{1,4}}",
                  rf"(?<![A-Za-z0-9.@])(?:https?://)?(?:w\s?w\s?w\s?[.．]\s?)?{known}(?![A-Za-z0-9.])"]
    return re.compile("|".join(forms), re.IGNORECASE)


def _speaks_of_itself(view: str) -> bool:
    """Whether a paragraph that names its own site is a line of the site: short, no sentence, and about what pages are about."""
    form = furniture.folded(view) if len(view) <= _OWN_LINE and view[-1] not in "。！？；：" else ""
    return bool(form) and furniture.weight(form) >= 1


def watermarks(views: Sequence[str], head: Sequence[str], tail: Sequence[str], titles: Sequence[str], addresses: Sequence[str] = ()) \
        -> dict[int, list[tuple[int, int]]]:
    """Spans of paragraphs, by their number, in which the page writes its own name or address into what is said.

    head, tail: the lines around; titles: the forms of the page's <title>; addresses: where the page was found."""
    name = _named_again(titles, head, tail)
    names: tuple[str, ...] = (name,) if name and len(name) >= _MARKED_LEAST and _is_site(name) else ()
    around = [line for line in (*head, *tail, *addresses) if "." in line and len(line) <= 200]
    hosts = tuple(sorted({match[1].lower() for line in around for match in _HOST.finditer(line)}))
    again = _sown_again(views, name) if name else {}
    if not names and not hosts:
        return again
    # Most pages sow nothing: a pattern is made only where the first letters of a name or an address stand in the text at all.
    said = "\n".join(views).lower()
    stems = tuple(match["stem"] for name in names if (match := _STEM.fullmatch(name))
                  and any(f"{name[0]}{mark}{name[1]}" in said for mark in _MARKS_IN_STEM))
    names = tuple(name for name in names if name in said or any(f"{name[0]}{mark}{name[1]}" in said for mark in _MARKS_BETWEEN))
    hosts = tuple(host for host in hosts if (label := host.partition(".")[0]) in said or " ".join(label) in said)
    if not names and not hosts:
        return again
    pattern = _watermark(names, hosts, stems)
    firsts = {letter for each in (*names, *hosts) for letter in (each[0], each[0].upper())}
    found: dict[int, list[tuple[int, int]]] = {}
    for number, view in enumerate(views):
        if any(name in view for name in names) and _speaks_of_itself(view):
            found[number] = [(0, len(view))]
        elif any(first in view for first in firsts):
            # its own address, too, a speaker can give
            found[number] = [match.span() for match in pattern.finditer(view) if not sentences.is_given(view, *match.span())]
    for number, spans in again.items():
        taken = found.setdefault(number, [])
        taken += [(start, end) for start, end in spans if not any(low < end and start < high for low, high in taken)]
        taken.sort()
    return {number: spans for number, spans in found.items() if spans}


def _sown_again(views: Sequence[str], name: str) -> dict[int, list[tuple[int, int]]]:
    """Spans of paragraphs in which a page sows its name, whatever that is, and what it did with the text, in the same words again and
    again, each time before the words of another sentence."""
    if len(name) < _MARKED_LEAST or sum(view.count(name) for view in views) < _SOWN_LEAST:
        return {}
    mark = re.compile(rf"(?<![{_LEADS_TO_NAMES}]){re.escape(name)}{_DID}(?=[一-龥“‘《])(?![{_NO_SENTENCE_ON}])")
    found = [(number, match) for number, view in enumerate(views) if name in view for match in mark.finditer(view)]
    followed: dict[str, set[str]] = {}
    for _, match in found:
        followed.setdefault(match[0], set()).add(match.string[match.end()])
    spans: dict[int, list[tuple[int, int]]] = {}
    for number, match in found:
        if len(followed[match[0]]) >= _SOWN_LEAST:
            spans.setdefault(number, []).append(match.span())
    return spans


def _named_accounts(head: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The account that a bar of `head` names behind who wrote, nothing between, where one of `lines` is its name alone, or where others
    of them name who wrote."""
    bars_of = [re.sub(r"\s+", "", bar["words"]) for line in head if line.startswith("原创") and (bar := _ACCOUNT_CLOSED.fullmatch(line))]
    return [name for words in bars_of
            for name in (sorted({line for line in lines if _LEAST_ACCOUNT <= len(line) < len(words) and words.endswith(line)}, key=len)[-1:]
                         or _behind_writer(words, lines))
            if _valid(name)]


def _behind_writer(words: str, lines: Sequence[str]) -> list[str]:
    """What follows the name with which the words of a bar begin, where other lines credit it: 原创王某某栖鹤先锋, 文字 | 王某某."""
    for who in (words[:size] for size in (4, 3, 2) if len(words) - size >= _LEAST_ACCOUNT):
        alone = re.compile(rf"(?<![一-龥]){re.escape(who)}(?![一-龥])")
        if any(who in line and alone.search(line) for line in lines) and speakers.lone_name(who):
            return [words[len(who):]]
    return []


def source(head: Sequence[str], tail: Sequence[str], title_raw: Sequence[str], site: str | None, papers: Sequence[str] = (),
           running: Sequence[str] = ()) -> str | None:
    """The site or publication that the page names: the source bar first, `papers` (what a bar names beside a day), then a credit in
    brackets, then what the page's own <title> ends with, then how the site speaks of itself (breadcrumb, 由…整理, 公众号：…), last the book
    whose pages are headed with its name, `running`. 本站, 网络 and the like name nobody."""
    pages = ["\n".join(line for line in lines if len(line) <= 200) for lines in (head, tail)]
    offices: list[str] = []
    suppliers: list[str] = []
    parts: list[str] = []       # 集团公司办公室 wrote it and put out nothing
    for page in pages:
        for match in _labelled().finditer(page) if any(label in page for label in entries("source_labels.txt")) else ():
            if name := _valid(_before_label(match, pages)):
                if bars.is_part(name):
                    parts.append(name)
                    continue
                if not match[0].startswith((*_OFFICE_LABELS, *_SUPPLIERS)):
                    return _without_link(name, title_raw, head)
                (suppliers if match[0].startswith(_SUPPLIERS) else offices).append(name)
    if barred := next((paper for paper in papers if not (_NOBODY.match(paper) or _NO_NAME.search(paper))), None):
        return barred
    accounts = [name for line in head if (bar := _ACCOUNT.match(line)) and (name := _valid(bar["name"] or bar["own"]))]
    accounts = accounts or [name for line, below in pairwise(head) if line.startswith("原创") and _DAY.match(below)
                            and (bar := _ACCOUNT_OVER_DAY.fullmatch(line)) and (name := _valid(bar["name"]))]
    taken = [name for line in head if (of := _TAKEN_FROM.match(line)) and (name := _valid(of["name"]))]
    accounts = [*_named_accounts(head, [*head, *tail, *taken]), *accounts]
    # 原创王某某某教育2019-09-12: whose account it is, the page says elsewhere; before it stands who wrote
    accounts = [site if site and account.endswith(site) and _valid(site) else account for account in accounts]
    # 发布机构 stands in the head of government pages beside the 来源 that the page was taken from.
    if named := [*accounts, *offices, *taken]:
        return named[0]
    if site and (name := _valid(site)):
        return name
    forms = [_DAY.sub(" ", form) for form in (*title_raw, *(line for line in head[:4] if _TITLED.search(line)))]
    if board := titles.of_board(head):
        forms.append("_".join(board))
    forms += [line for line in head[:1] if line not in forms and (titled := _FIRST_TITLED.match(line)) and _is_site(titled["site"])
              and not _GENERIC.match(titled["site"])]
    for raw in forms:
        pieces = PIECES.split(raw)
        for piece in (pieces[0], pieces[-1]) if len(pieces) > 1 else ():
            if paper := _DIGITAL.fullmatch(piece):
                return paper[1]         # 某阳日报数字报-在…上的讲话
    for number, line in enumerate(head[:_LONE_REACH]):
        # the masthead, not a link to the paper of the place
        if "报" in line and (paper := _DIGITAL.match(line)) and _BEHIND_DIGITAL.fullmatch(line, paper.end()) \
                and (number == 0 or any(map(_OF_A_LEAF.search, head[:_LONE_REACH]))):
            return paper[1]
    if name := _before_columns(forms) or _named_again(forms, head, tail):
        return name
    for raw in forms:
        pieces = PIECES.split(raw)
        if len(pieces) > 1 and _is_site(pieces[-1]):
            return _valid(pieces[-1])
    for line in head[:_LONE_REACH]:
        if "欢迎" in line and (greets := _GREETS.search(line)) and _valid(greets["name"]) and not _GENERIC.match(greets["name"]):
            return greets["name"]
    if suppliers := [*parts, *suppliers]:
        return suppliers[0]         # who handed the text in, where nothing says who put it out
    for line in head[:_LONE_REACH]:
        if 3 <= len(line) <= 16 and _LONE.fullmatch(line) and _valid(line) and not _GENERIC.match(line):
            return line
    for line in head[:_LONE_REACH]:
        if (headed := _PAGE_HEAD.match(line)) and _valid(headed[1]) and not _GENERIC.match(headed[1]):
            return headed[1]
    for line in head[:_LONE_REACH]:
        if masthead := _MASTHEAD.search(line):
            name = _valid(masthead[1] or masthead[2])
            if name and not _GENERIC.match(name):
                return name
    for line in head[:_LONE_REACH]:
        if (issue := _ISSUE.fullmatch(line)) and _valid(issue["name"]):
            return issue["name"]
    for line in tail[:_CREDITS]:
        if (credit := _CREDIT.fullmatch(line)) and _valid(credit[1]) and not _GENERIC.match(credit[1]):
            return credit[1]
    for page in pages:
        lower = page.lower()
        for cues, pattern in zip(_CUES, _PROMOTED, strict=True):
            for match in pattern.finditer(page) if any(cue in lower for cue in cues) else ():
                name = _valid(match["name"])
                if name and not _GENERIC.match(name) and "（" not in name and _NO_SITE.search(name) is None \
                        and not (furniture.is_navigation(furniture.folded(name)) or boundaries.ends_page(name)):
                    return name
    return next((printed["name"] for line in running if (printed := _PRINTED.fullmatch(line))), None)
