"""The lines around a speech, told apart: datelines, time bars, speaker lines, captions, titles."""
from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from flows.normalize import bars, boundaries, dates, furniture, occasions, places, speakers, titles
from flows.normalize.numerals import number
from flows.normalize.speakers import Speaker

# A line longer than this is prose, not a bar, a title or a caption.
_LONGEST, _LONGEST_BAR = 300, 120
_REST_OF_KIND = 2       # characters that the next line holds of the kind of speech where a title is broken within it
_BAR = re.compile(
    r"(?:发布|更新|发表|录入|上传|添加|刊登|见报|入库|成文|创建|修改|推送|公开|生成|发文)?(?:时间|日期|于)\s*[:：|｜丨]|来源\s*[:：|｜丨]|点击|浏览|"
    r"阅读(?:量|数|次)?\s*[:：]?\s*\d|字体|字号|编辑\s*[:：]|作者\s*[:：]|打印|关闭|收藏|【(?:19|20)\d\d|责编|出处\s*[:：]|稿源|发布者|发布人|阅读次数|"
    r"点击数|浏览次数|阅[:：]\s*\d|转[:：]\s*\d|人气|评论|更新(?=$|[\s:：\d（(【\[|｜/]|于|至|时间|日期)|发信站|^(?:微信)?公众号\s*[:：]|^发布\s*[:：]|^(?:发布|公开|生成|成文|发文|印发|更新)(?:时间|日期)(?=[\s\d])|《\s?[^》]{2,10}[报刊]\s?》|\d\s?版|第[一二三四五六七八九十]{1,2}版(?=$|[\s，,：:）)])|"
    r"[+＋]\s?关注|"      # the button beside who put it up
    r"\d[万wWkK]?\+?\s*(?:人次|人|次|位)?(?:看过|看了|阅读过?|浏览过?|已读|读过|围观|观看|访问|点赞)(?=$|[\s　|｜·])|"     # 1.2万人看过
    r"(?i:\b(?:posted|published|updated) (?:on|at)\b)|"
    # the masthead of a paper: 2016年1月29日 星期五 A7; and what a site of files says: 上传于2021-07-02
    r"(?:星期|周)[一二三四五六日天]\s*(?:[A-Z]\d{1,2}\b|往期|数字报|电子[报版]|第\d+期|今日\d)|"
    r"(?:日报|晚报|晨报|时报|商报|侨报|周报|农民报|都市报)\s*(?=(?:19|20)\d\d年)|(?:上传|发布|发表|更新)于\s*(?=\d)|"
    r"日\s*·\s*[\U0001f30d-\U0001f310\U0001f465\U0001f512]"        # what one posts for all or for friends: 2016年3月9日 · 🌐
)
_PUT_OUT = re.compile(r"(?:发布(?!机构|单位|人|者)|发稿(?=时间|日期)|公开(?=时间|日期)|发表|更新|刊登|见报)(?:时间|日期|于)?"
                      r"|^[（(\s]*时间|来源|(?i:\b(?:posted|published|updated) (?:on|at)\b)")
_TIME_LINE = re.compile(
    r"^(?:授课|讲课|宣讲|上课|开课|活动|会议)?(?:时间|日期)\s*[:：](?!.*(?:来源|点击|浏览|作者|阅读|编辑))[^，。]{6,24}$"
)
_AGENDA = re.compile(
    r"^(?:地点|(?:会议|授课|讲课|宣讲|活动)地点|主讲人?|授课人|讲课人|宣讲人|主持人?|参加人员|参会人员|出席人员|报告人|讲话人|授课对象|参加对象)\s*[:：]"
)
_DELIVERED_LABEL = re.compile(
    r"(?:讲话|演讲|会议|报告|发言|致辞|授课|讲课|宣讲|上课|开课|活动|召开|举行|党课|述职)(?:的)?(?:时间|日期)(?:\s*[:：]|[ 　])"
)
# The record of an archive: when the paper was made, which for a speech is when it was given; and what became of the paper later, which is
# no day of the speech and put nothing out.
_FORMED = re.compile(r"形成(?:时间|日期|年月)\s*[:：]")
_FILED = re.compile(r"(?:归档|立卷|建档|著录|移交|进馆|入馆|入藏|接收|开放|解密|扫描|数字化)(?:时间|日期)\s*[:：]")
_TIME_AND_PLACE = re.compile(r"(?<![布新表登报入传加送成开])(?:时间|日期)\s*[:：](?:[^:：]|(?<=\d)[:：](?=\d)){4,28}地点\s*[:：]"
                             r"|地点\s*[:：][^:：]{2,30}(?:时间|日期)\s*[:：]")
_OF_SPEAKER = re.compile(r"(?:(?:讲话|发言|演讲|致[辞词])人?)?职[务位衔]\s*[:：]\s*(?P<post>\S.{0,40})"
                         r"|(?:会议|讲话|演讲|致[辞词]|召开|举行|举办|活动|授课|讲课|宣讲)?地点\s*[:：]\s*(?P<venue>\S.{0,40})")
_HOST = re.compile(r"^(?:(?:会议|大会|活动)?主持人?|主持领导|司仪)\s*[:：]\s*(.+)$")
_CALLED = re.compile(r"^(?:(?:党课|授课|讲课|宣讲|发言|演讲|讲话|报告)(?:题目|主题)|题目|课题|主题)\s*[:：]\s*(\S.{2,60})$")
# What is recorded on a form: 党课情况登记表, 演讲比赛评分单.
_FORM = re.compile(r"[^，。：:；]{0,24}(?:党课|述职|发言|演讲|致辞|宣讲)[^，。：:；]{0,8}(?:表|簿|册|卡|单|记录|记录本)")
# 某县委办公室 2019年4月22日印发, at the foot of a paper; 某县委办公室编 2019年4月22日, in its masthead
_ISSUED_BY = re.compile(r"(?P<issuer>[一-龥]{4,30}?)(?:编印|编发|主办|编|印)?")
# Of what kind a text is stands in brackets below what it is called: （专题党课讲稿）.
_KIND_BELOW = re.compile(r"[（(]([^（()），。：:；\d]{2,16})[）)]")
_BARE = 2               # the rank of a day with nothing beside it
_PRINTED_RANK = 6       # a report is printed before it is read out, and put out on the page after that: weaker than the page's address
_PRINTED = re.compile(r"\s*(?:印发|印制|编印|翻印|编发|印|发)$")
_EDITED = re.compile(r"[一-龥](?:编印|编发|主办|编)\s*$")
_PASSED = re.compile(r"通过|修订|修正|批准|印发|施行")
# （2017年11月16日，讲话以现场发言为准）
_AS_GIVEN = re.compile(r"^[，,、；;\s]*(?:讲话|讲辞|演辞|演讲词?|致辞|致词|发言|全文)?[^。]{0,4}以(?:现场|宣读|当场|实际)")
_GAVE = re.compile(r"(?:报告|讲话|所作|发表)")
# Who took the words down stands behind their day: 一九三四年六月三十日　学生记录.
_TAKEN_DOWN = re.compile(r"[^，。：:；\s]{0,8}(?:记录|纪录|笔记|笔录|速记|笔述|听记|恭记|敬记)(?:整理)?稿?")
_WEEKDAY = re.compile(r"[（(\s]*(?:星期|周|礼拜)[一二三四五六日天][）)\s]*(?:[上下]午|晚上?)?")
_PART_OF_DAY = re.compile("[上下]午|[中正]午|早[上晨]?|清[早晨]|凌晨|傍晚|[夜晚]间?|晚上|夜里")      # 2019年3月5日上午
# 转发一份讲话（2016年3月4日的会议）
_OF_A_MEETING = re.compile(r"(?<=日)的[^（()），。]{0,12}(?:会|会议|座谈|活动|仪式|讲话|发言|报告|演讲)[）)]")
_THEN_PASSED = re.compile(r"(?<=报告)[，,、\s][^，,]{0,14}(?:通过|批准)$")
_MOON = re.compile("[^月]{4,12}月[初廿卅一二三十]")
_RANGE = re.compile(r"[—―─\-~～至到和、\s]{1,4}")
_WHERE = re.compile(r"于[一-龥·]{2,18}$|"
                    r"[·•|｜，, ]*[一-龥]{2,14}(?:馆|厅|礼堂|广场|会议室|会议中心|会堂|会场|体育场|校区|宾馆|酒店|报告厅)$")
_OF_COUNTRY = re.compile(r"^中国[·•.・\s]?(?=[一-龥]{2})")
_LONGEST_CITY = 9       # characters of a province and a city by their bare names
_COMMAS = frozenset("，,、")
# The masthead of a paper: 2023年5月8日 星期一, 第 1186 期
_MASTHEAD = re.compile(r"[\s（(]*(?:星期|周)[一二三四五六日天][）)]?(?:\s*第?\s*[\d一二三四五六七八九十]+\s*[期版号].{0,40}|\s*)$")
# An ISO date at the beginning of a line of counts and buttons: 2023-07-20 1.2w 主持词
_COUNTED_BAR = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+\d[\d.,]*\s*[wWkK万千]?(?:\s|$)")
# What a note of the editor says of a text that was a speech: 本文系作者2019年3月1日在某会上的讲话, 这是某人在某会上讲话的主要部分.
# The name of a paper and the number of its page, each on a line of its own
_PAPER_LINE = re.compile(r"[《【]?(?:[一-龥]{1,10}(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|大众报|农民报|工人报|法治报|法制报)"
                         r"|[一-龥]{2,5}(?<![通汇申上简预情警举海电填])报)[》】]?")
_LEAF_LINE = re.compile(r"第?\s?[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?版(?:[\s:：]*[一-龥·]{2,10})?")
_NOTE = re.compile(
    r"(?:本文|此文|该文|本篇|全文|原文|这|此|以下|下面)(?:系|是|为|根据|据|由|乃)(?P<who>[^。；]{0,40}?)"
    r"(?P<at>(?P<meeting>(?:在|(?<![关对由自至属位表载登刊布写作成出源始鉴基终等小大处便用限适忠发录收存藏现])(?<!出生)(?<!发生)(?<!诞生)于(?!《))[^。；]{3,60}?上)|(?:在|会见|接见|同(?!志)|与|陪同|视察|接受|出席|参加)[^。；]{2,70}?)"
    r"(?:的|所作的?|作的|发表的)?[^，。；]{0,30}?"
    r"(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲稿|党课|授课|说明|开幕词|闭幕词|讲演|总结|结论)"
)
# The same where the kind stands first: 这篇讲话是时任县长某某1958年3月2日在某会上所作
_NOTE_OF = re.compile(
    r"(?:这|本|此|该)(?:一?[篇份个次件段])?(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)稿?(?:系|是|为|乃)(?P<who>(?!为|了|不|一|我)[^。；]{2,40}?)"
    r"(?P<at>(?P<meeting>在[^。；]{3,60}?上)|(?:在|会见|接见|同(?!志)|与|陪同|视察|接受|出席|参加)[^。；，]{2,70}?)(?P<made>时?(?:所[作做讲]|[作做讲发]|发表)的?|的)"
)
# The same where the text is named by what it is on paper: 这份旧稿是1958年3月2日县长某某在某会上讲的
_PAPER = r"(?:[一这本此该那][篇份个次件段叠页张](?:[^，。；]{0,6}?)(?:稿子?|文字|材料|笔记|记录|录音))[，,]?(?:就?是|系|为|乃)"
# ... or by nothing: 这是1958年3月2日我们县长某某在操场上讲的话
_HERE = "(?:这|以下|下面|下文)(?:就?是|系|为|乃)"
_ON_PAPER = ("稿", "文字", "材料", "笔记", "记录", "录音", "讲的", "说的")
_NOTE_ON = re.compile(
    rf"(?:{_PAPER}|{_HERE})(?P<who>(?!为|了|不|一|我(?!们))[^。；]{{2,40}}?)(?P<at>(?P<meeting>在[^。；]{{2,60}}?[上下里前]))"
    r"(?:所?[作做讲说](?:过)?的|的[^，。；]{0,6}?(?=讲|发言|致|报告|演|谈))(?P<kind>讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)?")
_LONGEST_NOTE = 400
_SHORT_VENUE = 4        # characters of a place that no meeting is called by: 在操场上
_SENTENCE = re.compile("[^。；]+")
_SPOKEN = re.compile(r"(?:本文|此文|该文|本篇|全文|原文|这|此|以下|下面)(?:系|是|为|根据|据|由|乃)"
                     r"|[这本此该](?:一?[篇份个次件段])?(?:讲话|谈话|致辞|致词|发言|报告|演讲|讲演|总结)稿?(?:系|是|为|乃)")
_OPENS_NOTE = re.compile(r"[\s（(〔［\[【*＊·]*(?:本文|此文|该文|本篇|这)(?:系|是|为)(?!一)")
_SITE_SAYS = re.compile("小编|为大家|给大家|供大家|为您|收集|搜集|推荐|范文")
# 以下为财政司司长某某今日（四月二十五日）在…的致辞
_NOW = re.compile(r"(?:今|昨|前|本)(?:[日天晚]|月\d*日?)?\s*(?:[（(][^（）()]{1,12}[）)])?"
                  r"(?:[上下]午|早上|中午|晚上?)?$")
# 这是某人任某地区专员时在…上的讲话, 某人在担任县长期间同…的谈话
_HELD_THEN = re.compile(r"(?:同志)?[在于]?(?:担任|兼任|出任|任|当)(?P<office>[^，。；]{2,30}?)(?:时|期间|的时候|任内)[，,]?")
# 作者时任地委书记; 讲话人当时是县长
_THEN_HELD = re.compile(r"(?:作者|笔者|讲话人|讲话者|发言人|发言者|报告人|报告者|演讲者|本人)(?:同志)?"
                        r"(?:时任|当时任|当时担任|当时是|时为|当时为)"
                        r"(?P<office>[^，。；（）()]{2,24})")
_MADE_FROM = re.compile(r"(?:根据|据|按|依)(?P<words>[^。；，]{6,60}?)(?:记录|录音|速记|笔记|手稿|底稿|原稿|讲稿)稿?"
                        r"(?:整理|刊印|排印|写成|成文|录入)?")
_OF_SPEECH = re.compile(r"(?:[上下]午|晚上?)?(?:在[^，。；]{2,40})?的?"
                        r"(?:讲话|发言|报告|谈话|演讲|演说|致[辞词]|会议|大会|现场)?的?(?:现场)?")
_AT_THE_TIME = re.compile("^(?:时任|原任|当时的?|时为|已故的?)")
# ... on the morning of the day: 上午，我们县长某某
_OURS = re.compile(rf"^(?:{_PART_OF_DAY.pattern})?[，, ]*(?:(?:我们|咱们?|俺们?)(?:的|单位)?)?")
_BY_ITS_WRITER = re.compile("作者|笔者")
_THEN_WAS = r"(?:(?:当时|时下|那时|其时)[，,]?(?:担任|[任是为系])|时任|时为|原任|现任|现为|[任是为系])"
# ＊作者时任某局副局长。
_OFFICE_OF_WRITER = re.compile(r"[（(〔\[\s*＊※·]*(?:作者|笔者|讲话人|讲话者|报告人|发言人|演讲者)"
                               rf"{_THEN_WAS}(?P<office>[^，。；：（）()]{{2,30}})")
_THEN_BEHIND = re.compile(rf"(?:同志|先生|女士)?[，,]?{_THEN_WAS}(?P<office>[^，。；：（）()]{{2,30}})")
_WRITER_IS = re.compile(r"作者(?:系|为|是|单位)?[：:]?([^，。；：（）]{2,30})")
FOOTNOTE = re.compile(r"[\[〔［【(（]\^?\d{1,3}[\]〕］】)）]|[①-⑳]|\d{1,3}[.、．]")
_LEAD_DATE = re.compile(r"^(?:[（(\[【][^）)\]】]{1,12}[）)\]】]|[^，。\s]{2,12}[电讯])?\s*$")
_DAY_OF_YEAR = re.compile(r"(?<![\d年])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")
# 新华社某地5月20日电, 本报5月20日讯: the day on which it was sent; what it tells of was then, or the day before.
# Papers abroad leave the month out: （某城8日讯）.
_SENT = re.compile(r"^[^。，]{0,24}?(?:(?P<month>1[0-2]|0?[1-9])月)?(?<!\d)(?P<day>3[01]|[12]\d|0?[1-9])日\s*(?:电|讯|专电)")
_PAPER_SAYS = re.compile(r"^[^。，]{0,4}本[报网台]讯")
_HAPPENED = re.compile(r"(?<![\d年])(?<!为期|历时|连续)(?:(?P<month>1[0-2]|0?[1-9])月)?(?P<day>3[01]|[12]\d|0?[1-9])日"
                       r"|(?P<back>[昨今])[日天早午晚](?![^，。]{0,4}[报讯])")
_HELD_IN = re.compile(r"在(?P<where>[一-龥]{2,16}?)(?:隆重|盛大|胜利|成功)?(?:开幕|闭幕|举行|召开|举办|揭幕|开班|启动)")
# 某阳县召开全县农业工作会议: who calls all of a county together is that county
_CALLED_TOGETHER = re.compile(r"(?:^|[^一-龥]|[日报讯])(?P<host>[一-龥]{1,10}(?P<rank>[省市县区州旗盟]))(?:委|(?:委、.)?(?:人民)?政府)?"
                              r"(?:隆重|胜利)?(?:召开|举行|举办)(?:了)?全(?P=rank)")
_EDITOR = re.compile(r"[【\[（(]?(?:编者按|编者的话|编辑导语|导语|按语|编前|写在前面)[】\]）)]?\s*[:：]?")
_TAKES_PLACE = re.compile(r"开幕|举行|召开|举办|发表|[出列]席|报告|致[辞词]|讲话|演讲|开班|授课")
# A unit and a name with a space between: 县教育局 李某, 高二（3）班 王某.
_UNIT = re.compile(
    # what he stands for before what he is: 学员代表、某学院2014级本科生 王某
    r"^(?:[^，。：:；、]{2,12}(?:代表|班长|队长)、)?[^，。：:；、]{1,24}(?:班|[系局院校厂站所部厅委]|公司|支部|村|镇|乡|社区|街道|大学|中学|小学|集团|银行|中心|协会"
    # a part of a school, a works, an assembly or a troop: 历史教研组 王某, 第三代表团 李某; who took the words down did not speak
    r"|(?<!报道|采访|编辑|写作|整理|记录|摄影|摄制|调查|调研|课题)(?:[组团队园馆台店矿]|科室|教研室|研究室|实验室|车间|工段|[连营排])"
    # or what he does there: 某站维修工 王某; who wrote for the paper did not speak
    r"|工|(?<!通讯|评论|录入|审核|管理|信息|播音|记录|宣传|校对)员|教师|老师|医生|医师|护士|民警"
    r"|[大中小][学专]生|(?:学|本科|专科|研究|博士|硕士|新|毕业|高中|初中|留学|师范|规培|实习)生|代表|家长|村民)\s+"
    r"(?P<name>\S{2,4}|\S\s\S)$"
)
_POST_APART = re.compile(r"\s((?:语文|数学|英语|高级|特级)?教师|医生|医师|护士|民警|律师|法官|检察官)\s*$")
# The bar of a public account whose spaces were closed, of which the first says who spoke: 县委书记王某某某县机关党建2022-05-09 17:40.
_ACCOUNT_BAR = re.compile(r"(?P<words>[一-龥、]{6,36}?"
                          r"(?:党建|发布|先锋|在线|融媒|政法|教育|检察|公安|宣传|之声|广电|微讯|统战|组工|工会|共青团))"
                          r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d)?\s*(?:发表于.{0,8})?")
_WRITER = re.compile(r"^[（(]?(?:作者|文/|撰稿)\s*[:：]?\s*(.{2,30}?)[）)]?$")
# A bar whose spaces were closed: 作者：总经理某某发布：安环部日期：2022-9-23
_SIGNED_BAR = re.compile(r"作者\s*[:：]\s*(\S{2,20}?(?:[ 　][一-龥·]{2,4})?)\s*"
                         r"(?=$|(?:19|20)\d\d[-/.年]\d|(?:发布|发表|更新|录入|加入|添加|上传|来源|日期|时间|编辑|点击|阅读|浏览|字号|字体|审核|人气)[^：:]{0,4}[:：])")
# ... or the name alone stands before its first label: 某某某　　发布时间：2020-02-26
_NAMED_BAR = re.compile(r"(?P<who>[一-龥·]{2,4}|[一-龥]\s[一-龥])[\s　]+(?:发布|发表|更新|发文|公开|刊登|上传)?(?:时间|日期)\s*[:：]\s*(?=\d)")
_WIRE = re.compile(
    r"新华社[^，。\s]{0,8}?(?=\d{4}年)|(?:电|讯)\s*$|\d日?\s*[一-龥]{0,8}(?:新华社|中新社|通讯社|新华网|人民网|日报|晚报|时报|电视台)\s*$"
)
_YEAR = re.compile(
    r"民[国國]|(?<!\d)1[0-2]\d\s*年\s*\d|[日时][期间][:：]\s*1[0-2]\d[-/.]|(?:1\s?[89]|2\s?0)\s?\d\s?\d|[一二][〇○零OＯ0九八][〇○零OＯ0-9一二三四五六七八九]{2}|[１２][９０]"
)
_MEETING_END = re.compile(
    r"(?:会议|大会|全会|例会|年会|会|仪式|典礼|活动|论坛|班|党日|峰会|开幕式|闭幕式)(?:（[^（）]{1,10}）)?上?|上(?=$|[\s）)])"
)
_MEETING_LINE = re.compile(
    r"^[（(\s—―─–-]*(?:(?:在|于)?[^，。；：]{0,30}届[^，。；：]{2,24}第?[一二三四五六七八九十]{1,3}次(?:全体)?会议|(?:在|于)[^，。；：]{3,50}[会议式礼动班])上?"
    r"[）)\s]*$"
)
_SAID = re.compile(r"^(?:所?作的?|的)?[^，。\s]{0,8}(?:报告|讲话|词|致辞|发言|说明|演讲)?$")
_SUBTITLE = re.compile(r"(?:——|――|──|--|[—―─－-](?=\s*在))\s*(?!(?:19|20)\d\d年)")
_NAME_OF_MEETING = re.compile(r"(?!.*(?:位置|首页|正文))[^，。；：:|>＞»【】\[\]/\s]+")
_AT_MEETING = re.compile(r"在[^，。；：:|>＞»【】\[\]/\s]{4,36}上")
_DASHES = re.compile(r"^[—―─\-\s]+")
# 2022年度个人 / 述职述廉报告
_ACCOUNT = re.compile("(?:个人)?(?:工作)?述[述职廉德学责法]{1,9}的?(?:工作)?(?:报告|汇报|材料)")
_OF_A_YEAR = re.compile("[一-龥]{0,16}(?:19|20)[0-9]{2}(?:年度|年)[一-龥]{0,16}")
_MAIN_TITLE = re.compile(
    r"(?![—―─(（-]|.*(?:网|首页|正文|位置|下载|会员|公众号|附件|目录|字号|字体|政府|委员会|办公[室厅]|(?<![大格布全结当开棋])局|厅|党委|大会|会议上?)$)"
    r"[^：:。|>＞»→【】\[\]\d；，！？/]{6,40}$"
)
_NO_MAIN_TITLE = re.compile(
    r"[。|>＞»【\[\d]|网$|正文|(?:人|者|时间|日期|地点|单位|来源|主题|对象|位置|编号|文号|机构|类别|分类|栏目|签|词|号)\s*[：:]|[：:].{0,3}$|[：:].*[：:]"
)
# The beginning of a title that goes on in the next line: 在区委理论学习中心组 / （扩大）学习会上的讲话.
_TITLE_OPENS = re.compile(
    r"(?![—―─－-])(?!.*(?:位置|首页|现在|所在|正在))[^，。；！？：:|>＞»【】\[\]]{0,20}在[^。；！？：:|>＞»【】\[\]]{3,40}(?<![上话词辞告])$"
)
_TITLE_GOES_ON = re.compile(r"(?![—―─－-]|在|[^，。]{0,12}(?:[长记任席]|同志)(?:同志)?在)[^。；！？：:|]{3,44}$")
# The year by stem and branch that stands before a date which all can read: 岁次甲辰年二月廿六（公元2024年4月5日）.
_LEFT_BRACKET = re.compile(r"[（(]\s*[）)]|(?<=[日号])[）)](?=$|\s)")
_NAMES_CALENDAR = re.compile("历|纪[元年]|孔元|岁")
_LUNAR = re.compile(
    r"[（(]?(?:(?:岁次|时维|农历|夏历|阴历)[^，。（()0-9]{0,16}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?[^，。（()0-9]{0,12}|公元)[，,\s]*[（(]?"
    r"(?:公元|公历|阳历|即)?(?=\d{4}年|[一二][〇○零一二三四五六七八九]{3}年)"
)
# The same day in the calendar of a faith, a people or the moon, which stands before or behind the one that all can read:
# 佛历二五六五年四月初八（公历2021年5月19日）, 2021年5月19日（农历四月初八）.
_OTHER_CALENDAR = re.compile(
    r"(?:[佛道藏彝傣回]历|夏历|旧历|阴历|农历|黄历|伊斯兰教?历|希吉拉历|黄帝纪元|黄帝纪年|道历纪元|孔子纪年|孔元|岁次|太岁)(?![史代来届任])(?=[^，。（）()]{0,12}[年月])[^，。：:（）()]{2,20}?"
    r"(?:[（(，,\s]*(?:公历|公元|阳历|西历|西元|即|合)*(?=(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年)|(?=[）)]))")
# ... or only its year, behind the day: 2011年7月2日　佛历二五五四年　星期六
_OTHER_YEAR = re.compile(r"[\s（(，,]+(?:[佛道藏彝傣回孔]历|伊斯兰教?历|希吉拉历|黄帝纪元|黄帝纪年|道历纪元|孔子纪年|孔元|夏历|农历|岁次)"
                         r"[〇○零一二三四五六七八九十百千\d甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{2,8}年[）)]?(?=\s|$)")
# As a site's program writes them beside each other: 文史园地　　2002-11-15
_COLUMN_AND_DAY = re.compile(r"[一-龥]{2,8}[\s　]+(?:19|20)\d\d-\d{1,2}-\d{1,2}|(?:19|20)\d\d-\d{1,2}-\d{1,2}[\s　]+[一-龥]{2,8}")
_PACKED = re.compile(r"(《[^》]{2,10}[报刊]》\s*)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")       # 《某阳日报》19821214第1版
_TAIL_BAR = re.compile(r"(?:发布|更新|发表)?(?<!填表|填报|填写|登记|记录|审核|审批|存档|归档"
                       r"|形成|立卷|建档|著录|移交|开放|解密|扫描)(?:时间|日期)\s*[:：]"
                       r"|^(?:首发|发布|发表|编辑|更新)于\s*\d|来源\s*[:：]"
                       r"|《[^》]{2,10}[报刊]》|“[^”]{2,8}[报刊]”")
_HAN_GAP = re.compile(r"(?<=[一-龥])[ 　]+(?=[一-龥])")
_KINDS = frozenset(("讲话", "发言", "致辞", "致词", "报告", "演讲", "总结讲话", "动员讲话", "主持词", "表态发言",
                    "讲话提纲", "讲话稿", "发言稿", "主持稿", "主持辞", "主持讲话", "致辞稿", "开幕词", "开幕辞", "闭幕词",
                    "闭幕辞", "欢迎词", "欢迎辞", "答谢词", "贺词", "贺辞", "祝词", "祝酒词", "演讲稿", "汇报材料", "动员令", "动员报告"))
_BODY = re.compile("(?:委员会|常委会|法院|检察院|协会|联合会|总工会|公司|集团|政府)$")
_BODY_ABOVE = re.compile("中国人民政治协商会议|中国共产党|中共[一-龥]{2,12}|中国共产主义青年团|[一-龥]{2,12}(?:人民代表大会|省|市|县|区)")
_SHORT_TITLE = re.compile("[一-龥]{4,5}")
_COLON = re.compile("[：:]")
# What a page says a text is about is neither its title nor its speaker: 关键词：造林 绿化 讲话.
_ABOUT = re.compile(r"[【\[]?(?:本文|文章|内容)?(?:关键[词字]|主题词|标签|摘要|提要|栏目|分类|主题分类"
                    r"|tags?|keywords?)[】\]]?\s*[:：|]", re.IGNORECASE)
_COLUMN = re.compile(r"^[【\[][^】\]]{1,12}[】\]](?=[^【\[]{4})")
_SPEAKER_LABEL = re.compile(r"(?:(?:讲话|发言|演讲|报告|主讲|宣讲|授课|致辞|党课主讲)(?:人|者)|责任者)\s*[:：]")
# Their spaces are gone by then: 讲话人：王某时间：2022年4月15日地点：礼堂.
_OF_WHAT = "讲话|发言|演讲|会议|授课|宣讲|活动|报告|致辞|致词|发布|发表|刊登|更新|上传|张贴|公告|修订"
_NEXT_LABEL = re.compile(rf"[\s|｜；;，,]*(?<!{_OF_WHAT})"
                         rf"(?=(?:{_OF_WHAT})?(?:时间|日期|地点)\s*[:：]"
                         r"|(?:会议|场合|单位|职务|主持人?|主题|题目|对象)\s*[:：]|(?:点[阅击]|浏览)[数次量]*\s*[:：])")
# 王县长某某先生言论集　卷二: what is collected there is his.
_COLLECTED = re.compile(
    r"[《〈]?(?P<who>[一-龥·　 ]{2,16}?)(?:的)?(?:言论|讲话|演讲|讲演|演说|讲[词辞]|训词|文稿|言行|致[词辞]){1,2}"
    r"(?:选?集|选[编辑]|文集|汇编|全集|总集|辑录|录)[》〉]?"
    r"[\s·]*(?:第?[一二三四五六七八九十百\d上中下]{1,4}[卷辑集册编]|卷[一二三四五六七八九十\d上中下]{1,3}|[上中下])?")
# 发布者：校长 王某｜2022-08-30｜人气523
_POSTED_BY = re.compile(r"^(?:发布|发表|张贴|公告|刊登|上传|撰写|撰文)[者人]?\s*[:：]\s*"
                        r"(\S{2,20}?(?:\s[一-龥]{2,4})?)\s*(?:[｜|，,;；\s]|(?=[（(]?\d)|$)")
# The day of revision is none on which a page was put out.
_REVISED = re.compile(r"(?:修订|修正|修改|订正|覆检|检视|复检)(?:时间|日期|于)\s*[:：]?\s*$")
_ENDED = re.compile(r"^[（(\s]*(?:全文)?完[）)]?\s*[／/]\s*(?=\d)")          # 完／2016年5月18日
_REPUBLIC_YEAR = re.compile(r"民[国國]\s*([3-9]\d)\s*年")
_TWO_DIGITS = re.compile(r"(?<!\d)[3-9]\d\s*年\s*\d")
# 今（18）日, 今日（十一月三日）
_DAY_IN_BRACKETS = re.compile(r"[今昨][日天晚]?\s*[（(]\s*(?:(?P<month>1[0-2]|[1-9]|[一二三四五六七八九十]{1,2})月)?"
                              r"(?P<day>[12]\d|3[01]|[1-9]|[一二三四五六七八九十廿卅]{1,3})[日号]?\s*[）)]")
_BRACKET_BACK = re.compile(r"[今昨](?=[日天晚]?\s*[（(])")
# 外港码头开工典礼，今（18）日上午在西岸举行: the event before the day
_EVENT = re.compile(r"(?P<event>[一-龥“”\d]{4,40})，?(?:[于在])?[今昨](?:[日天晚]|[（(])[^，。；]{0,40}(?:举行|召开|举办|登场|揭幕|开幕)")
_ABOVE = 6              # lines of a release above the words
_WHOSE_WORDS = re.compile(r"(?:^|[，。；])(?P<who>[^，。；：]{2,24}?)(?:今[天日晚]|昨[天日晚])?(?:的)?"
                          r"(?P<kind>讲话|致辞|致词|谈话|发言|演讲|演辞|讲辞|演说|贺词|开幕词|闭幕词)[^，。；：]{0,8}[:：]$")
# The same with the day, the hour and the event between: 以下为行政长官某某今日（六月二日）傍晚在某晚宴上致辞全文：
_PRESS_OFFICE = re.compile(r"(?:以下|下文|下面)(?:是|为|系)(?P<who>[^，。；：（）“”今昨]{2,24})(?:今[天日晚]|昨[天日晚])"
                           r"(?:（[^（）]{3,9}）)?(?:凌晨|早上|上午|中午|下午|傍晚|晚上?)?(?:在|于|出席|到访|主持)[^，。；：]{2,80}?(?:上|时|的)"
                           r"(?P<kind>讲话|致辞|致词|谈话|发言|演讲|演辞|讲辞|演说|贺词|开幕词|闭幕词)[^，。；：]{0,8}[:：]")
_NEVER_FIRST = ("《", "编者按", "导读", "附件", "附：", "第", "（", "各位", "尊敬")
# Who gave what the label calls by its kind: 点评人：王某
_BY_KIND = re.compile(r"[（(【\[]?(?P<kind>(?!主持|记录|整理|编辑|录入|发布|采访|撰写)[一-龥]{2})(?:人|者|领导|嘉宾|专家)\s*[:：]\s*(?=\S)")
_NEAREST_LINES = 4
_BARS_BETWEEN = 2       # lines of the page between a headline and the subtitle below
_SIGNED = 3
_SIGNATURE = 6          # lines between 承董事会命 and the day below it
# The hour at which a press release was put out stands below its day: 香港时间20时15分.
_ISSUED = re.compile(r"^(?:香港|澳门|台北|北京|本地)时间\s*\d{1,2}\s*[时:：点]\s*\d{1,2}")
# What a bulletin board tells of who posted a text: 主题 42 帖子 317 积分 1208
_JOINED = re.compile("(?:注册|加入|入会|入学)(?:时间|日期|于)?[：:]?")
_POSTER = re.compile(r"(?:主题|帖子|积分|UID|威望|金币|金钱|贡献|等级|在线时间|注册时间|阅读权限|发消息|加好友|粉丝|精华)(?![一-龥]{3})"
                     r"|[一-龥]{2,4}(?:会员|士兵|班长|排长|连长|营长|版主)$|楼主$")
# What a page of several texts writes over each: 范文二：雨后的操场.
_COUNTED_PIECE = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}篇|(?:篇|范文|例文|范例)[一二三四五六七八九十\d]{1,3})\s*[：:]\s*"
                            r"[《“]?(?P<title>[一-龥][^。；！？：:|]{2,39}?)[》”]?")
_PARTED = re.compile(r"^[^|｜_>＞]{4,60}\s*[|｜_]\s*\S")
_TITLE_ENDS = re.compile(r"(?:[上时中]的|的|[上时中])[ 　]?(?P<kind>[一-龥][一-龥 　]{1,8})")
# Whoever held the meeting gave out the words: 主办单位提供　2015年5月4日
_GIVEN_OUT = re.compile(r"(?:[主承协]办(?:单位|方|机构)|大会|会务组|组委会|筹委会|大会秘书处)(?:提供|供稿)")
# A company signs what it announces: 承董事会命
_BY_ORDER = re.compile(r"承.{0,10}(?:董事会|理事会|董事局|委员会)之?命|承命")
_CITY_BEFORE = re.compile(r"[一-龥]{2,6}[，,]")
_IS_TODAY = re.compile("今[日天晚早](?![^，。]{0,4}[报讯])")
_END = re.compile(r"[（(\s#*—－-]*(?:全文)?完[）)\s#*—－-]*")
# Of whom a sentence of news tells what he does that day
_WHO_TODAY = re.compile(r"(?P<who>[一-龥·]{4,24}?)[今昨](?=[日天晚早]|\s*[（(])")
_EDGE = " 　?？（()）【】[]—-―─–－*,，、"
_DASHED = ("——", "――", "──", "--")


@dataclass(slots=True)
class Dated:
    """A date that the page gives: its first day, how fine, the words that it rests on, what they are worth (the lower the more)."""

    day: date
    precision: str
    evidence: str
    rank: int

    def last(self) -> date:
        """The last day that a date of its precision may mean."""
        if self.precision == "day":
            return self.day
        if self.precision == "year":
            return date(self.day.year, 12, 31)
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])


@dataclass(frozen=True, slots=True)
class Day:
    """A day without a year, as news tell it: month and day, or None for the day of the paper, so many days back; the words."""

    date: tuple[int, int] | None
    back: int
    evidence: str


@dataclass(slots=True)
class Surroundings:
    """What the lines around a speech are, each kind in the order of the page.

    delivered, published: dates; datelines: what names the meeting; speakers: name and office of one line; hosts: those named as 主持人;
    captions: speakers that pictures name; names, offices: lines that are nothing else; office_lines: all lines with an office, for the
    place in them; titles: lines that read like titles; above: the line right above the first of the heading, where none reads like a title;
    weak: lines that name a speech and are rather something else, a caption or a dateline in brackets; writers: those named as 作者, who
    spoke only where a note says that the text was a speech of its author; noted: what a note says that the text was, 讲话, 报告;
    days: days without a year, each with its line; posts, venues: offices and places behind a label of their own (职务：, 地点：);
    held: where news say that the event was held; called: titles behind a label of their own (题目：); forms: names of the form on which
    the speech is recorded (党课登记表); issuers: offices that put out the paper in which it stands; pictured: whom captions
    show speaking; posters: who put the page up, where an office is named; republic: a year of the Republic of two digits that the page
    names, 0 where none; papers: what bars name beside the day on which they put it out; notes: those that say what the text was.
    """

    delivered: list[Dated] = field(default_factory=list)
    published: list[Dated] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    hosts: list[Speaker] = field(default_factory=list)
    captions: list[Speaker] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    office_lines: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    above: str | None = None
    weak: list[str] = field(default_factory=list)
    writers: list[str] = field(default_factory=list)
    noted: str | None = None
    days: list[Day] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    pictured: list[Speaker] = field(default_factory=list)
    posters: list[Speaker] = field(default_factory=list)
    republic: int = 0
    papers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(head: Sequence[str], tail: Sequence[str]) -> Surroundings:
    """The lines before and after a speech, told apart."""
    page = Surroundings()
    named = next((match for line in (*head, *tail) if "民国" in line and (match := _REPUBLIC_YEAR.search(line))), None)
    page.republic = int(named[1]) if named else 0
    _read_head(head, page)
    _read_tail(tail, page)
    return page


def _read_head(lines: Sequence[str], page: Surroundings) -> None:
    lines = [part for line in lines for part in _parts(line)]
    # A name that stands alone is one only below a title, a dateline or a bar: menus are full of words that begin like names.
    below = False
    for index, line in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        lines[index] = _in_one_calendar(line)
        told, count = _read_line(lines, index, below, page), len(page.titles)
        if lines[index] != line:
            for one in (*page.delivered, *page.published):
                one.evidence = line if one.evidence == lines[index] else one.evidence
        if told and not count and index and not below and _above(lines[index - 1], line):
            page.above = page.above or _joined_title(lines, index - 1)
        below = told
    if not page.titles and not page.above:
        own = [line for line in lines if furniture.weight(furniture.folded(line[:_LONGEST])) < furniture.SPEAKS_OF_PAGE
               and not furniture.is_navigation(furniture.folded(line[:_LONGEST]))]
        if 1 <= len(own) <= 3 and is_headline(own[0]):
            page.above = own[0]
    _part_days(page)


def _in_one_calendar(line: str) -> str:
    """A line that tells a day without the same day by another calendar; 一九九三年农历正月初八 tells none by any other."""
    if len(line) > _LONGEST_BAR or not _NAMES_CALENDAR.search(line) or not _YEAR.search(line):
        return line
    if (other := _OTHER_YEAR.search(line)) and (found := dates.dates(line[:other.start()])) and found[0].precision == "day":
        line = line[:other.start()] + line[other.end():]
    if _LUNAR.match(line):
        return line
    bare = _LEFT_BRACKET.sub("", _OTHER_CALENDAR.sub("", line))
    found = dates.dates(bare) if bare.count("（") == bare.count("）") else ()
    return bare if found and found[0].precision == "day" else line


def _part_days(page: Surroundings) -> None:
    """Of two days that stand on lines of their own, and no line says what either is, the later one above the earlier is that on which the
    page was put out: nobody dates a speech twice, and the bar stands over what the paper says. So is a day alone above a line that says
    what was given on an earlier one: 2022年11月10日 / 某议员于2022年11月9日会议上的发言."""
    alone = [one for one in page.delivered if one.precision == "day" and one.rank in (1, _BARE) and _is_alone(one.evidence)]
    if len(alone) == 1 and alone[0] is page.delivered[0]:
        alone += [one for one in page.delivered[1:] if one.precision == "day" and one.rank <= 1][:1]
    if not page.published and len(alone) > 1 and alone[0].rank == _BARE and alone[0].day > alone[-1].day:
        page.delivered.remove(alone[0])
        page.published.append(Dated(alone[0].day, "day", alone[0].evidence, 3))
    if not page.published and len(alone) == 1:
        _read_day_of_news(alone[0], page)


def _read_day_of_news(alone: Dated, page: Surroundings) -> None:
    """A day that stands alone above news of what happened 今（15）日 is that of the news, too; of what happened 昨（14）日, that alone."""
    for one in page.days:
        back = _BRACKET_BACK.search(one.evidence)
        if back is None or not one.date or not _DAY_IN_BRACKETS.search(one.evidence):
            continue
        told = alone.day - timedelta(days=back[0] == "昨")
        if one.date[1] == told.day and one.date[0] in (0, told.month):
            page.published.append(Dated(alone.day, "day", alone.evidence, 2))
            if told != alone.day:
                page.delivered.remove(alone)
            return


def _is_alone(line: str) -> bool:
    """Whether a line is nothing but a date, in brackets or not."""
    found = dates.dates(line)
    return len(found) == 1 and not (line[:found[0].start] + line[found[0].end:]).strip(_EDGE)


def _dates(line: str, page: Surroundings) -> tuple[dates.Found, ...]:
    if page.republic and _TWO_DIGITS.search(line):
        return dates.dates(line, page.republic)
    return dates.dates(line) if _YEAR.search(line) else ()


def _parts(line: str) -> list[str]:
    """The labels of a bar that tells who spoke, each with what it says, or the line as it is: 讲话人：王某　　时间：2022年4月15日."""
    if len(line) > _LONGEST_BAR or _SPEAKER_LABEL.match(line) is None:
        return [line]
    cuts = [match.span() for match in _NEXT_LABEL.finditer(line)]
    return [line[start:end] for (_, start), (end, _) in pairwise([(0, 0), *cuts, (len(line), 0)]) if end > start]


def _above(line: str, following: str) -> bool:
    """Whether a line that names no kind of speech reads like the title of the heading that begins with the line after it."""
    line = _COLUMN.sub("", line)
    short = following[:1] in "（(" and _SHORT_TITLE.fullmatch(line)
    return bool(short or _MAIN_TITLE.match(line.replace("，", "", 3))) and not _BAR.search(line) and not furniture.is_sure(line)


def is_headline(line: str) -> bool:
    """Whether a line of a short head reads like a headline that names no kind of speech."""
    if _BAR.search(line) or dates.dates(line) or line.startswith(_NEVER_FIRST):
        return False
    if speakers.speaker_line(line) or speakers.lone_name(line) or speakers.office_line(line):
        return False
    colon = _COLON.search(line)
    if colon:
        return bool(_MAIN_TITLE.match(_COLON.sub("", line)) and speakers.in_title(line).name)
    return bool(_MAIN_TITLE.match(line.replace("，", "", 1)))


def _read_line(lines: Sequence[str], index: int, below: bool, page: Surroundings) -> bool:
    """Sort a line of the head. True where it was told to be part of the heading of the speech or a bar."""
    line = lines[index]
    if line[0] in "←→" and "|" in line and (told := _beside_arrows(line, page)):
        return _read_line([page.titles[-1], told], 1, True, page)
    if about := _ABOUT.match(line):
        _read_note(line[about.end():].strip(), page)        # 内容提要：本文系作者某日在某论坛上的演讲
        if _TAIL_BAR.search(line, about.end()) and (found := _dates(line, page)):
            _read_dated(line, "", found, page)              # 分类：讲话稿 更新时间：2022-05-16 浏览：31
        return True
    if titles.HOW_MADE.fullmatch(line.strip("（）()【】 ")):
        return below
    if index == len(lines) - 1 and (counted := _COUNTED_PIECE.fullmatch(line)) and not titles.like_title(counted["title"]):
        page.above = counted["title"]           # 范文二：雨后的操场, right above the text
        return True
    if (signed := _SIGNED_BAR.search(line)) and (speaker := speakers.speaker_line(signed[1])) and speaker.role and speaker.name:
        page.captions.append(speaker)
    elif signed and (who := speakers.lone_name(signed[1])):
        page.writers.append(who)
    elif ("时间" in line or "日期" in line) and (named := _NAMED_BAR.match(line)) and (who := speakers.lone_name(named["who"])):
        page.writers.append(who)
    elif (posted := _POSTED_BY.match(line)) and (speaker := speakers.speaker_line(posted[1])) and speaker.role and speaker.name:
        page.posters.append(speaker)
    if (collected := _COLLECTED.fullmatch(line)) and (speaker := speakers.person(collected["who"].strip())):
        page.captions.append(speaker)
        return below
    if index and _JOINED.fullmatch(lines[index - 1]) and _is_alone(line):
        return True             # since when whoever posts has been a member of the board
    found = _dates(line, page)
    if found and (lunar := _LUNAR.match(line)):
        line = line[lunar.end():].rstrip("）)")
        found = dates.dates(line)
    if found and (bar := _ACCOUNT_BAR.fullmatch(line)) and (speaker := speakers.before_account(bar["words"])):
        page.captions.append(speaker)
    if found and _TIME_LINE.match(line) and any(map(_AGENDA.match, lines[max(0, index - 2): index + 3])):
        # Beside 地点 and 主讲人 the time is that of the event, not of the page.
        page.delivered.append(Dated(found[0].day, found[0].precision, line, 0))
        return True
    if found and _OPENS_NOTE.match(line) and _read_note(line, page):
        return True
    if found and found[0].precision == "day" and _is_alone(line) and _in_masthead(lines, index):
        page.published.append(Dated(found[0].day, "day", line, 2))
        return True
    whole = _whole_dateline(lines, index, found[0]) if found and line == lines[index] else line
    if found and _read_dated(whole, lines[index - 1] if index else "", found, page):
        if found[0].start <= 4 and line.startswith(_DASHED) and page.titles and page.titles[-1] == line:
            # 凝心聚力谱新篇 / ——2021年2月8日在…上的讲话: the day is no part of the title.
            page.titles[-1] = _joined_title([*lines[:index], "——" + line[found[0].end:].strip(_EDGE)], index)
        return True
    if found and found[0].precision == "day" and _LEAD_DATE.match(line[: found[0].start]) and _TAKES_PLACE.search(line):
        # 2022年10月16日，某大会在某地开幕。: weaker than any line that is nothing but a date.
        page.delivered.append(Dated(found[0].day, found[0].precision, line, 4))
    elif found and found[0].precision == "day" and line[:found[0].start].endswith(("（", "(")) and _OF_A_MEETING.match(line, found[0].end):
        page.delivered.append(Dated(found[0].day, found[0].precision, line, 4))
    is_release = _PRESS_OFFICE.fullmatch(line) is not None
    if not is_release and (_read_note(line, page) or _read_office_of_writer(line, page)):
        return True
    if is_release or (boundaries.announces(line) and not titles.like_title(line) and not speakers.lead(line)):
        _read_release(lines, index, page)
        return True
    labelled = _OF_SPEAKER.match(line)
    if labelled:
        if labelled["venue"]:
            page.venues.append(labelled["venue"])
        elif role := speakers.role(labelled["post"]):
            page.posts.append(role)
        return True
    called = _CALLED.match(line)
    if called and any(_AGENDA.match(other) or _TIME_LINE.match(other) or _SPEAKER_LABEL.match(other)
                      for other in lines[max(0, index - 4): index + 5]):
        page.called.append(called[1].strip("《》 "))
        return True
    if _FORM.fullmatch(line):
        page.forms.append(line)
    if index and not below and line[0] in "（(" and (kind := _KIND_BELOW.fullmatch(line)) and titles.like_title(kind[1]) \
            and not titles.says_where(kind[1]):
        page.forms.append(kind[1])
        return True
    host = _HOST.match(line)
    speaker = speakers.speaker_line(host[1] if host else _as_speaker(line, page))
    if host and not speaker and (who := speakers.name(host[1])):
        page.hosts.append(Speaker(who, None))
        return True
    if speaker:
        (page.hosts if host else page.speakers).append(speaker)
        page.office_lines.append(line)
        return True
    title = titles.like_title(line) or _is_end_of_title(lines, index) or titles.is_numbered(line)
    caption = speakers.caption(line)
    if caption:
        page.captions.append(caption)
        page.office_lines.append(line)
        if title:
            page.weak.append(line)
        if not found:
            return True
    near = index >= len(lines) - _NEAREST_LINES
    speaker = speakers.lead(line) if not title and near else None
    tells = speaker or ((_EDITOR.match(line) or (near and "如下" in line)) and _TAKES_PLACE.search(line))
    if tells and (all(one.precision == "year" for one in found) or _SENT.match(line)):
        page.days += _days_of_news(line)
        page.published += [Dated(one.day, one.precision, line, 2) for one in found[:1] if one.precision == "day"]
    if tells and not title and (held := _HELD_IN.search(line)):
        page.held.append(held["where"])
    elif tells and not title and (called := _CALLED_TOGETHER.search(line)):
        page.held.append(called["host"] + "政府")        # told by it even where the name is an ordinary word
    if speaker:
        page.captions.append(speaker)
        return False
    writer = _WRITER.match(line)
    if writer and (speaker := speakers.speaker_line(writer[1])) and speaker.role:
        page.speakers.append(speaker)
        page.office_lines.append(writer[1])
        return True
    if writer and (who := speakers.lone_name(writer[1])):
        page.writers.append(who)
        return True
    office = speakers.office_line(line)
    if office:
        page.offices.append(office)
        page.office_lines.append(line)
        return True
    if not title and (below or _opens(lines, index, page) or _heads_alone(lines, index)) and (who := speakers.lone_name(line)):
        if index + 1 < len(lines) and _POSTER.match(lines[index + 1]):
            return below        # who posted the text, by the name that he has on the board
        page.names.append(who)
        return True
    if (below or _opens(lines, index, page)) and not title and (unit := _UNIT.match(line)) and (who := speakers.lone_name(unit["name"])):
        page.names.append(who)
        page.office_lines.append(line)
        if post := _POST_APART.search(line[:unit.start("name")]):
            page.posts.append(post[1])          # 某县某镇中心小学　教师　柳某
        return True
    shown = speakers.pictured(line) if title and page.titles else None
    if shown:
        page.pictured.append(shown)
        page.weak.append(line)
    elif title:
        page.titles.append(_joined_title(lines, index))
    elif len(line) <= _REST_OF_KIND and index and titles.like_title(lines[index - 1] + line) and not titles.like_title(lines[index - 1]):
        page.titles.append(lines[index - 1] + line)         # broken within the word: 在某会上的讲 / 话
    elif titles.column_of_lessons(line) or (_PARTED.search(line) and not _BAR.search(line)
                                            and titles.like_title(titles.cleaned(line).clean)):
        # The page's own <title>: 2020年新年贺词 | 书记校长给您拜年, 某会上的讲话_某某网.
        page.titles.append(line)
    elif not found and _MEETING_LINE.match(line):
        page.datelines.append(line.strip(_EDGE))
        return True
    return title or bool(_BAR.search(line))


def _as_speaker(line: str, page: Surroundings) -> str:
    """The line, with the label of a speaker for one that is called by the kind of speech which the title above it names: 点评人：王某
    below 在某会上的点评."""
    label = _BY_KIND.match(line)
    kind = label["kind"] if label else ""
    return f"讲话人：{line[label.end():]}" if label and any(title.endswith(kind) for title in page.titles) else line


def _beside_arrows(line: str, page: Surroundings) -> str:
    """What the box over a text of a wiki, between its neighbours, says behind the title: ← | 上一年的报告 | 某报告 某院院长 王某
    2009年2月12日 |"""
    title = page.titles[-1] if page.titles else ""
    cells = (cell.strip() for cell in line.strip("←→ ").split("|"))
    return next((cell[len(title):].strip() for cell in cells if title and cell.startswith(title) and len(cell) > len(title) + 4), "")


def _in_masthead(lines: Sequence[str], index: int) -> bool:
    """Whether a date that stands alone is that of a paper: its name stands right above, or the number of the page right below."""
    above, below = lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""
    return _PAPER_LINE.fullmatch(above) is not None or _LEAF_LINE.fullmatch(below) is not None


def _days_of_news(line: str) -> list[Day]:
    """The days that a sentence of news tells, the day of the event before that of its dispatch: 某社某地5月20日电　某论坛19日在某地开幕."""
    sent = _SENT.match(line)
    opens = sent or _PAPER_SAYS.match(line)
    if not opens and (today := _DAY_IN_BRACKETS.search(line)):
        return [_day(today, line)]
    if not opens:
        named = _DAY_OF_YEAR.search(line)
        return [Day((int(named[1]), int(named[2])), 0, line)] if named else []
    on = (int(sent["month"] or 0), int(sent["day"])) if sent else None
    days = [Day(on, 0, line)] if on else []
    event = next((sentence for sentence in _SENTENCE.findall(line, opens.end()) if _TAKES_PLACE.search(sentence)), "")
    happened = _HAPPENED.search(event)
    if not happened:
        return days
    if happened["back"]:
        return [Day(on, int(happened["back"] == "昨"), line), *days]
    day = int(happened["day"])
    if happened["month"]:
        return [Day((int(happened["month"]), day), 0, line), *days]
    # 30日 in what was sent on the 1st is a day of the month before.
    return [Day((on[0] if day <= on[1] or not on[0] else (on[0] - 2) % 12 + 1, day), 0, line), *days] if on else days


def _day(match: re.Match[str], line: str) -> Day:
    """The day that a match of _DAY_IN_BRACKETS tells; its month is 0 where that of the paper is meant."""
    return Day((number(match["month"]) if match["month"] else 0, number(match["day"])), 0, line)


def _read_release(lines: Sequence[str], index: int, page: Surroundings) -> None:
    """Read the line of a press release behind which the words of a speech follow (市长致词全文如下：), and what the release tells above
    it: who holds the office, the event and its day."""
    said = _WHOSE_WORDS.search(lines[index]) or _PRESS_OFFICE.fullmatch(lines[index])
    if _PRESS_OFFICE.fullmatch(lines[index]):
        page.notes.append(lines[index])         # which may say that it was today, and on which day
        page.days += [_day(today, lines[index]) for today in (_DAY_IN_BRACKETS.search(lines[index]),) if today]
    above = [line for line in lines[max(0, index - _ABOVE): index] if "。" in line]
    # 某局局长某某今（3）日出席某会议，发言全文如下：
    told = [*above, *(lines[index:index + 1] if _WHO_TODAY.match(lines[index]) else ())]
    for line in told:
        if _TAKES_PLACE.search(line):
            page.days += _days_of_news(line)
        if (event := _EVENT.search(line)) and occasions.like_meeting(name := event["event"].rpartition("的")[2]):
            page.datelines.append(f"在{name}上")
    if said:
        page.noted = page.noted or said["kind"]
    speaker, office = (speakers.person(said["who"]), speakers.office_line(said["who"])) if said else (None, None)
    if not speaker and not office:
        subjects = (speakers.person(match["who"]) for line in told if (match := _WHO_TODAY.match(line)) and _TAKES_PLACE.search(line))
        speaker = next((one for one in subjects if one and one.name and one.role), None)
    if speaker:
        page.captions.append(speaker)
    elif office:
        who = next((who for line in above if (who := speakers.holder(office, line))), None)
        if who:
            page.captions.append(Speaker(who, office))
        else:
            page.offices.append(office)


def _whole_dateline(lines: Sequence[str], index: int, found: dates.Found) -> str:
    """The line, with the next one where the page broke a dateline in two: ——2022年1月10日在合肥市 / 第十七届人民代表大会第一次会议上."""
    line = lines[index]
    rest = line[found.end:].strip(_EDGE)
    if index + 1 < len(lines) and 2 <= len(rest) <= 30 and rest[0] in "在于第" and rest[-1] != "版" and not _MEETING_END.search(rest):
        following = lines[index + 1].strip(_EDGE)
        if len(following) <= 40 and _MEETING_END.search(following):
            return line + following
    return line


def _read_dated(line: str, above: str, found: Sequence[dates.Found], page: Surroundings) -> bool:
    """Sort a line that holds a date, below another one. True where the line is told by its date: a bar, a dateline."""
    if len(line) > _LONGEST_BAR:
        return False
    found = _unrevised(line, found)
    if not found:
        return True
    first = found[0]
    written = line.strip(_EDGE).removeprefix("农历")
    if first.precision == "year" and _MOON.match(written) and line[first.start: first.end] == written:
        page.delivered.append(Dated(first.day, first.precision, line, 2))       # 一九八七年农历正月初六
        return True
    if _DELIVERED_LABEL.search(line) or ("地点" in line and _TIME_AND_PLACE.search(line)):
        page.delivered.append(Dated(first.day, first.precision, line, 0))
        return True
    if ("形成" in line and _FORMED.search(line)) or _FILED.match(line):
        if _FORMED.search(line) and first.precision != "year":
            page.delivered.append(Dated(first.day, first.precision, line, 4))
        return True
    if paper := bars.name(line):
        page.papers += [] if bars.is_part(paper) else [paper]
        page.published.append(Dated(first.day, first.precision, line, 1 if first.timed or _PUT_OUT.search(line) else 2))
        return True
    if (first.timed or _BAR.search(line) or _WIRE.search(line)) and first.precision != "year" and "。" not in line[:-1]:
        page.published.append(Dated(first.day, first.precision, line, 1 if _PUT_OUT.search(line) else 2))
        if first.timed and titles.like_title(title := line[:first.start].strip(_EDGE)):
            page.titles.append(title)       # as blogs do: 在…上的讲话 (2014-03-05 16:20:11)
        return True
    if first.precision == "day" and titles.is_day_of_column(line):
        page.published.append(Dated(first.day, first.precision, line, 3))
        return True
    if first.precision == "day" and "-" in line[first.start: first.end] and _is_province(line[first.end:]):
        page.published.append(Dated(first.day, first.precision, line, 2))       # 某某党建 2019-07-19 江西: where it was put out
        return True
    if first.precision == "year" or "。" in line[:-1]:
        return False
    before, after = line[: first.start].strip(_EDGE), _THEN_PASSED.sub("", _WEEKDAY.sub("", line[first.end:]).strip(_EDGE))
    if first.precision == "day" and (_TAKEN_DOWN.fullmatch(after) or (not before and _PART_OF_DAY.fullmatch(after))):
        after = ""
    if not after and first.precision == "day" and _GIVEN_OUT.fullmatch(before):
        before = ""
    bracketed = line[:1] in "（(【[" and line[-1:] in "）)】]"
    if not before and len(found) == 2 and not line[found[1].end:].strip(_EDGE) and _RANGE.fullmatch(line[first.end: found[1].start]):
        # A work of many months has no day: 一九八〇年三月——一九八一年六月.
        return first.precision != "day"
    if not before and ((_MASTHEAD.match(line[first.end:]) and not page.titles and not bracketed) or _COUNTED_BAR.match(line)):
        page.published.append(Dated(first.day, first.precision, line, 3))
        return True
    if before and not after and first.precision == "day" and _EDITED.search(before):
        page.published.append(Dated(first.day, first.precision, line, 3))
        _read_issuer(before, page)
        return True
    if not before and not after:
        written = line[first.start: first.end]
        if ("-" in written or "/" in written) and line.strip() == written:
            page.published.append(Dated(first.day, first.precision, line, 3))
        else:
            page.delivered.append(Dated(first.day, first.precision, line, 2 if line.strip() == written else 1))
        return True
    if _PASSED.search(after) and not after.startswith("报告"):
        return bracketed
    apart = line[first.end: first.end + 1].isspace() and "在" not in after and not page.titles and _above(above, line)
    if (bracketed or apart) and not before and titles.like_title(after):
        # 把根扎在泥土里 / 2018年7月1日 某局专题党课; （一九四五年四月二十三日某大会上的开幕词）, below the title that it belongs to.
        page.delivered.append(Dated(first.day, first.precision, line, 0))
        page.datelines.append(after)
        page.weak.append(after)
        return True
    if titles.like_title(after):
        # 2017年11月3日在全县大会上的讲话, 县委书记李某2017年11月3日在…: a title with the day in it.
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        if page.titles and not before and line.startswith(_DASHED) and "在" in after \
                and titles.same(page.titles[-1].partition("在")[2], after.partition("在")[2]):
            page.datelines.append(after)        # it says once more what the title above says
            return True
        page.titles.append(line)
        return True
    if _GAVE.match(after) or (not before and _read_meeting(after, page)):
        page.delivered.append(Dated(first.day, first.precision, line, 0))
        return True
    if (before and _read_meeting(after, page)) or (before and not after and _read_meeting(before, page)):
        # 政府工作报告——2026年2月4日在…上: title, dateline and speaker may stand on one line; 在…会议上（2016年1月25日).
        page.delivered.append(Dated(first.day, first.precision, line, 0))
        if titles.like_title(before):
            page.titles.append(before)
        return True
    if line.startswith(_DASHED) and not before and after[0] in "在于":
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        page.datelines.append(after)
        return True
    if not before and _WHERE.match(after) and not (bracketed and speakers.lone_name(after) and not places.is_place(after[1:])):
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        return True
    if (city := before or after) and not (before and after) and first.precision == "day" and _is_where(line, city, first, bracketed):
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        page.held.append(_OF_COUNTRY.sub("", city))
        return True
    if bracketed and first.precision == "day" and len(before) + len(after) <= 16:
        # （2017年11月3日上午）, （2016年11月16日，某地）, （2017年11月3日 根据录音整理）
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        who = speakers.lone_name(before or after)
        if not who or all(speakers.in_title(title).name in (None, who) for title in page.titles):
            _read_person(before or after, page)     # a city may be called like a person, but then the title says who spoke
        return True
    if not (before and after) and _read_person(after or before, page):
        page.delivered.append(Dated(first.day, first.precision, line, 0))
        return True
    if not after and titles.like_title(before):
        page.delivered.append(Dated(first.day, first.precision, line, 1))
        page.titles.append(before)
        return True
    if first.precision == "day" and _COLUMN_AND_DAY.fullmatch(line):
        page.published.append(Dated(first.day, first.precision, line, 3))
        return True
    return False


def _is_where(line: str, words: str, day: dates.Found, bracketed: bool) -> bool:
    """Whether all that a dateline has beside its day is the bare name of a province or a city: （2017年11月3日，杭州）. A comma parts
    the two where no brackets stand around them, or where somebody could be called so."""
    bare = _OF_COUNTRY.sub("", words)
    if len(bare) > _LONGEST_CITY or not places.is_bare(bare):
        return False
    parted = line[day.end: day.end + 1] in _COMMAS if line.find(words) > day.start else line[day.start - 1] in _COMMAS
    return parted or (bracketed and not speakers.lone_name(words))


def _is_province(words: str) -> bool:
    """Whether what follows a date, behind a space, is a province by its bare name, as public accounts tell where they write from."""
    place = places.named(words.strip()) if words[:1].isspace() and len(words.strip()) in (2, 3) else None
    return place is not None and place.level == places.PROVINCE


def _unrevised(line: str, found: Sequence[dates.Found]) -> Sequence[dates.Found]:
    """The dates of a line without those of a revision."""
    return [one for one in found if not _REVISED.search(line[:one.start])] if "日期" in line or "时间" in line or "于" in line else found


def _opens(lines: Sequence[str], index: int, page: Surroundings) -> bool:
    """Whether a line stands below a headline that names no kind of speech, and above a date, a bar or the text itself."""
    if page.titles or not index or not _MAIN_TITLE.match(lines[index - 1].replace("，", "", 1)) or _BAR.search(lines[index - 1]):
        return False
    return index + 1 == len(lines) or bool(_YEAR.search(lines[index + 1]) or _BAR.search(lines[index + 1]))


def _heads_alone(lines: Sequence[str], index: int) -> bool:
    """Whether a line is the first of a head that is nothing but it and a day, as it is where a record keeps the title apart."""
    return not index and len(lines) == 2 and bool(_YEAR.search(lines[1])) and _is_alone(lines[1])


def _read_note(line: str, page: Surroundings) -> bool:
    """Read what a note says of the speech that a text was. True where it is such a note."""
    begins = _SPOKEN.search(line)
    match = (_NOTE.match(line, begins.start()) or _NOTE_OF.match(line, begins.start())) if begins else None
    match = match or (_NOTE_ON.search(line) if "在" in line and any(word in line for word in _ON_PAPER) else None)
    if not match or _SITE_SAYS.search(line):
        return False
    page.notes.append(line)
    said = line[match.start("who"): max(match.start("kind"), match.end("at"))]
    found = dates.dates(said)
    for one in found[:1]:
        if one.precision != "year":
            page.delivered.append(Dated(one.day, one.precision, line, 1))
        said = said[: one.start] + said[one.end:]
    if not found and (today := _DAY_IN_BRACKETS.search(said)):
        page.days.append(_day(today, line))
    elif not found and (named := _DAY_OF_YEAR.search(said)):
        page.days.append(Day((int(named[1]), int(named[2])), 0, line))      # 本文是作者9月10日在…上的发言, put out soon after
    if match["meeting"] and len(match["meeting"]) > _SHORT_VENUE:
        page.datelines.append(match["meeting"])
    page.noted = page.noted or match["kind"]
    then = _HELD_THEN.search(said)
    # the day may stand before the meeting or within it: 在2024年5月6日举行的某会上
    who = said[: then.start()] if then else said.partition(match["at"])[0] if match["at"] in said else match["who"]
    speaker = speakers.person(_AT_THE_TIME.sub("", _OURS.sub("", _NOW.sub("", who).strip("，, "))))
    if speaker:
        held = then["office"] if then else "" if speaker.role or not speaker.name else _held_then(line, speaker.name)
        page.captions.append(Speaker(speaker.name, speakers.role(held) or speaker.role) if held else speaker)
    elif _BY_ITS_WRITER.search(line):
        page.names += page.writers[:1]
        office = _WRITER_IS.search(line)
        if office and (writer := speakers.person(office[1])):
            page.captions.append(writer)                    # 作者系某馆馆长刘某
        elif office and (role := speakers.role(office[1])):
            page.offices.append(role)
    return True


def _read_office_of_writer(line: str, page: Surroundings) -> bool:
    """Read a line that says of whoever wrote or gave the speech what office he held. True where it is such a line."""
    match = _OFFICE_OF_WRITER.match(line) if len(line) <= _LONGEST_BAR else None
    role = speakers.role(match["office"]) if match else None
    if role:
        page.offices.append(role)
        if _BY_ITS_WRITER.match(line.lstrip("（([〔*＊※· ")) and not (page.names or page.speakers or page.captions):
            page.names += page.writers[:1]          # 作者：王某 above the text, （作者系某镇党委书记） below it
    return role is not None


def _held_then(line: str, who: str) -> str:
    """The office that a note says in a sentence of its own that somebody held: 王某当时任某局副局长。 Empty where it does not."""
    held = re.search(rf"(?:^|[。；，*＊※\s]){who}(?:同志|先生|女士)?{_THEN_WAS}([^，。；：（）()]{{2,30}})", line)
    return held[1] if held else ""


def _read_footnote(line: str, page: Surroundings) -> None:
    """Read in a note below the text what the speaker was, where the head gives the bare name: 〔1〕王某，时任中共某县委书记。"""
    known = dict.fromkeys([*page.names, *(one.name for one in page.captions if one.name)])
    if page.offices or len(known) != 1 or not line.startswith(who := next(iter(known))):
        return
    was = _THEN_BEHIND.match(line, len(who))
    if was and (role := speakers.role(was["office"])):
        page.offices.append(role)


def _read_person(words: str, page: Surroundings) -> bool:
    """Whether words beside a date are a speaker and nothing else."""
    speaker = speakers.speaker_line(words)
    who = None if speaker else speakers.lone_name(words)
    if speaker:
        page.speakers.append(speaker)
    elif who:
        page.names.append(who)
    return bool(speaker or who)


def _read_meeting(words: str, page: Surroundings) -> bool:
    """Whether words beside a date name the meeting, and nothing else but the speaker: 在…第四次会议上 陶淑菊."""
    for match in reversed(list(_MEETING_END.finditer(words))):
        rest = words[match.end():].strip(_EDGE)
        if not rest or _read_person(rest, page) or _SAID.match(rest):
            page.datelines.append(words[: match.end()])
            return True
    return False


def _read_tail(lines: Sequence[str], page: Surroundings) -> None:
    by_order = next((index for index, line in enumerate(lines[:_SIGNED]) if _BY_ORDER.fullmatch(line)), len(lines))
    for index, line in enumerate(lines):
        if (len(line) <= _LONGEST_NOTE and _read_note(line, page)) or len(line) > 200:
            continue
        if footnote := FOOTNOTE.match(line):
            _read_footnote(line[footnote.end():].strip(), page)
            continue
        if index < _SIGNED and ("时" in line or "据" in line or "按" in line):
            _read_record_note(line, page)
        if _read_office_of_writer(line, page):
            continue
        written = _ENDED.sub("", _PACKED.sub(r"\1\2-\3-\4", line))
        found = _unrevised(written, _dates(written, page))
        if found and found[0].precision == "day" and _PRINTED.fullmatch(line, found[0].end) and written == line:
            page.published.append(Dated(found[0].day, "day", line, _PRINTED_RANK))
            _read_issuer(line[:found[0].start].strip(_EDGE) or (lines[index - 1] if index else ""), page)
            continue
        if not found:
            if index < min(_SIGNED, by_order) and 2 <= len(line) <= 40:
                _read_signature(lines, index, page)
            continue
        # A remark may name years before it names the day: 2015年数据含某市。（摘自2016年1月20日《某报》）
        first = next((one for one in found if one.precision == "day"), found[0])
        rest = _WEEKDAY.sub("", written[: first.start] + written[first.end:]).strip(_EDGE)
        if titles.HOW_MADE.fullmatch(rest) or _PART_OF_DAY.fullmatch(rest):     # （一九九二年三月五日，根据录音整理）
            rest = ""
        if _TAIL_BAR.search(line) and first.precision != "year":
            page.published.append(Dated(first.day, first.precision, line, 3))
        elif index < _SIGNED and (paper := bars.name(written)):
            page.papers += [] if bars.is_part(paper) else [paper]
            page.published.append(Dated(first.day, first.precision, line, 3))
        elif by_order < index <= by_order + _SIGNATURE and first.precision == "day" and (not rest or _CITY_BEFORE.match(line)):
            page.published.append(Dated(first.day, "day", line, 3))     # the day of the announcement, not of what it reports
        elif (not rest or (index < 3 and _AS_GIVEN.search(rest))) and index < 4 and first.precision != "year" and "年" in line \
                and not first.timed:
            page.delivered.append(Dated(first.day, first.precision, line, 4))
            if first.precision == "day" and (_ISSUED.match("".join(lines[index + 1: index + 2])) or _is_issued(lines, index, page)):
                page.published.append(Dated(first.day, first.precision, line, 3))


def _is_issued(lines: Sequence[str], index: int, page: Surroundings) -> bool:
    """Whether a day stands below the end of a press release (完 / 2016年5月18日) that says of the words that they were given 今日."""
    ended = _ENDED.match(lines[index]) or (index and _END.fullmatch(lines[index - 1]))
    return bool(ended) and any(map(_IS_TODAY.search, page.notes))


def _read_record_note(line: str, page: Surroundings) -> None:
    """Read a note below the text that tells who held which office then and from whose record of which day the text was made:
    作者时任地委书记。本文根据一九八四年一月十二日讲话记录整理，未经本人审阅。"""
    held = _THEN_HELD.search(line)
    if held and not page.offices and not any(one.role for one in page.speakers) and (role := speakers.role(held["office"])):
        page.offices.append(role)
    made = _MADE_FROM.search(line)
    found = dates.dates(made["words"]) if made else ()
    if made and len(found) == 1 and found[0].precision != "year" and _OF_SPEECH.fullmatch(made["words"], found[0].end):
        page.delivered.append(Dated(found[0].day, found[0].precision, line, 4))


def _read_issuer(words: str, page: Surroundings) -> None:
    """Read the office that put out a paper, which stands before the day."""
    if issuer := _ISSUED_BY.fullmatch(_HAN_GAP.sub("", words.strip(_EDGE + "\t"))):
        page.issuers.append(issuer["issuer"])


def _read_signature(lines: Sequence[str], index: int, page: Surroundings) -> None:
    """Read a line right below a text that may be signed: 县委常委 罗某, or a name over the date."""
    line = lines[index]
    speaker = speakers.speaker_line(line)
    if speaker and speaker.role and not page.speakers:
        page.speakers.append(speaker)
    elif speaker and speaker.name and not page.names:       # 述职人：王某
        page.names.append(speaker.name)
    elif not page.names and index + 1 < len(lines) and (who := speakers.lone_name(line)):
        below = lines[index + 1]
        dated = dates.dates(below) if _YEAR.search(below) else ()
        if dated and dated[0].precision == "day" and not dated[0].timed and below[dated[0].start: dated[0].end] == below:
            page.names.append(who)


def _is_end_of_title(lines: Sequence[str], index: int) -> bool:
    """Whether a line is what the page broke off the end of the title above it, and no title alone: 在全县动员会 / 上的讲话."""
    end = _TITLE_ENDS.fullmatch(lines[index].strip())
    return bool(end and index and _HAN_GAP.sub("", end["kind"]) in _KINDS and "在" in lines[index - 1]
                and not titles.like_title(lines[index - 1]) and titles.like_title(_HAN_GAP.sub("", lines[index - 1] + end[0])))


def _over_bars(lines: Sequence[str], index: int) -> str:
    """The headline above the bars that stand between it and a subtitle which the page has with the text; "" where there are none."""
    at = next((at for at in range(index - 1, max(index - 2 - _BARS_BETWEEN, -1), -1) if not _BAR.search(lines[at])), -1)
    return lines[at] if 0 <= at < index - 1 and is_headline(lines[at]) else ""


def _joined_title(lines: Sequence[str], index: int) -> str:
    """The line, with what stands above it where the page broke the title: a main title and ——在…上的讲话, 在…会上的 / 讲话, the name of a
    body and 工作报告."""
    line, before = lines[index], lines[index - 1] if index else ""
    if _SUBTITLE.match(line):
        bare = _DASHES.sub("", line)
        before = _over_bars(lines, index) or before
        if 5 <= len(before) <= 36 and not _NO_MAIN_TITLE.search(before) and not titles.like_title(before):
            return f"{before}——{bare}"
        return bare
    if index and _TITLE_GOES_ON.match(line) and _TITLE_OPENS.match(before) and not titles.like_title(before) and not _BAR.search(before) \
            and not speakers.speaker_line(before) and titles.like_title(before + line):
        return before + line
    closed, above = (_HAN_GAP.sub("", each) for each in (line, before))
    if index and _ACCOUNT.fullmatch(closed) and _OF_A_YEAR.fullmatch(above):
        return above + closed
    if index and closed in _KINDS and 6 <= len(above) <= 40 and _NAME_OF_MEETING.fullmatch(above) and occasions.like_meeting(above):
        return above + closed
    if index and closed in _KINDS and _AT_MEETING.fullmatch(above) and occasions.like_meeting(above[:-1]):
        return f"{above}的{closed}"
    if index and 4 <= len(above) <= 40 and not _BAR.search(before) and not _NO_MAIN_TITLE.search(above):
        if (closed in _KINDS and above.endswith(("上的", "时的", "中的"))) or (line[0] == "的" and not titles.like_title(above)):
            return above + closed
        if closed == "工作报告" and _BODY.search(above):
            higher = _HAN_GAP.sub("", lines[index - 2]) if index > 1 else ""
            return (higher if _BODY_ABOVE.fullmatch(higher) else "") + above + closed
    return line
