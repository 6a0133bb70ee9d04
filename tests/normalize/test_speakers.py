"""Names and offices of speakers."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.speakers import (
    Speaker,
    before_account,
    caption,
    in_text,
    in_title,
    lead,
    led_to,
    lone_name,
    office_line,
    role,
    self_named,
    speaker_line,
)


@pytest.mark.parametrize(("line", "name", "title"), [
    ("省长　王大川", "王大川", "省长"),
    ("民盟江城市委会（发言人：王大川）", "王大川", None), ("市工商联(汇报人：李小山)", "李小山", None),
    ("市长 洪 庆", "洪庆", "市长"),
    ("西 安 市 市 长 李 明", "李明", "市长"),
    ("（市长　丁卫）", "丁卫", "市长"),
    ("某江省人民政府省长栗大书", "栗大书", "省长"),
    ("国务院总理　温大宝", "温大宝", "国务院总理"),
    ("自治区主席乌云斯琴格", "乌云斯琴格", "自治区主席"),
    ("内蒙古自治区主席 云大龙", "云大龙", "自治区主席"),
    ("自治区人民政府主席 包小钢", "包小钢", "自治区主席"),
    ("代理市长 黄 威", "黄威", "代理市长"),
    ("中共沈阳市委书记 王新", "王新", "市委书记"),
    ("四川省委书记、省长 王大晖", "王大晖", "省委书记、省长"),
    ("局党组书记、局长 吕大国", "吕大国", "局党组书记、局长"),
    ("伊犁州州长 阿不都·热合曼", "阿不都·热合曼", "州长"),
    ("山南市人民政府市长桑珠多吉", "桑珠多吉", "市长"),
    ("县委书记：张山", "张山", "县委书记"),
    ("报告人：李司", "李司", None),
    ("李司（市委书记）", "李司", "市委书记"),
    ("周大来总理", "周大来", "总理"),
    ("校长 李小红（女，回族）", "李小红", "校长"),
    ("市人民检察院代理检察长：王小明", "王小明", "代理检察长"),
    ("大兴安岭地区行政公署专员 李大义", "李大义", "专员"),
    ("致辞｜李大义校长", "李大义", "校长"),
    ("讲话 | 县长 王大川", "王大川", "县长"),
    ("约翰·海登（John Hayden），利兹农学院院长", "约翰·海登", "院长"), ("利兹农学院院长 约翰·海登 John Hayden", "约翰·海登", "院长"),
    ("副总统 王大川", "王大川", "副总统"), ("里长 王大川", "王大川", "里长"),
])
def test_a_speaker_line_gives_name_and_title(line, name, title):
    assert speaker_line(line) == Speaker(name, title)


@pytest.mark.parametrize("line", [
    "万里长江大桥", "十里长街", "总统府新闻", "总统府 新闻稿", "市长热线", "局长信箱", "演讲｜高山流水", "致辞｜李大义",
    "同志们：", "责任编辑：佚名", "XX市市长：XXX", "区长接待日", "今天，市长讲了话。", "首页", "",
])
def test_a_line_that_names_no_speaker_gives_none(line):
    assert speaker_line(line) is None


@pytest.mark.parametrize(("line", "name"), [
    ("万象", None), ("柏林", None), ("柏小林", "柏小林"),
    ("龚 正", "龚正"), ("陈大旺", "陈大旺"), ("全屏", None), ("收藏", None), ("正文", None), ("高质量发展", None),
])
def test_a_lone_name_needs_a_family_name(line, name):
    assert lone_name(line) == name


def test_an_office_may_stand_without_a_name():
    assert office_line("市长") == "市长"
    assert office_line("县委书记") == "县委书记"
    assert office_line("市长在会上") is None


@pytest.mark.parametrize(("office", "title"), [
    ("四川省人民政府省长", "省长"), ("市水利局局长", "局长"), ("中共中央总书记、国家主席、中央军委主席", "总书记、国家主席、中央军委主席"),
    ("镇党委书记", "镇党委书记"), ("乡镇党委书记", "党委书记"), ("办公室", None),
    ("县纪委书记", "县纪委书记"), ("绥宁县纪委书记、监委主任", "县纪委书记、监委主任"), ("县委常委、纪委书记", "县委常委、纪委书记"),
    ("江城县水利局纪委书记", "纪委书记"), ("临江集团纪委书记", "纪委书记"),
    ("厂党委书记", "厂党委书记"), ("红旗机床厂党委书记", "党委书记"), ("旅政治委员", "旅政治委员"), ("某旅政治委员", "政治委员"),
    ("政治部主任", "政治部主任"), ("矿党委副书记", "矿党委副书记"),
    ("村党支部书记", "村党支部书记"), ("村支部书记", "村支部书记"), ("公社党委副书记", "公社党委副书记"),
    ("街道党工委书记", "街道党工委书记"), ("青石沟村党支部书记", "党支部书记"), ("东方红公社党委书记", "党委书记"),
    ("桥头街道党工委书记", "党工委书记"), ("村书记", "书记"),
    ("驻村第一书记", "驻村第一书记"), ("大会执行主席", "大会执行主席"), ("执行主席", "执行主席"), ("镇人民代表大会主席", "主席"),
    ("某县县委常委、组织部部长", "县委常委、组织部部长"), ("市委常委、统战部长", "市委常委、统战部长"), ("县委组织部部长", "部长"),
    ("副市长、交通部部长", "副市长、部长"),
])
def test_the_title_alone(office, title):
    assert role(office) == title


@pytest.mark.parametrize(("title", "name", "office"), [
    ("区长在全区乡村振兴工作大会上的讲话", None, "区长"),
    ("王大山在联合国大会第五委员会“预算”议题下的发言", "王大山", None),
    ("市水利局局长在全市作风建设动员会上的讲话", None, "局长"),
    ("X水务局局长在读书月活动上讲话", None, "局长"),
    ("韩大正市长在第二次会议上的政府工作报告", "韩大正", "市长"),
    ("县委书记李强同志在干部大会上的讲话", "李强", "县委书记"),
    ("王大晓：在表彰大会上的讲话", "王大晓", None),
    ("领导在推进会上的讲话", None, None),
    ("把山路修通——马小川代表的发言", "马小川", None),
    ("李大山委员的书面发言", "李大山", None),
    ("植树先育人——学生代表的发言", None, None),
    ("毕业生代表的发言", None, None),
    ("工会代表的发言", None, None),
    ("在全市大会上的讲话", None, None),
    ("成功在于坚持", None, None),
    ("林书平议员于2021年3月8日市议会会议上的发言", "林书平", None),
    ("林书平先生在江城农校休业式演说", "林书平", None),
    ("林书平式在江城", None, None),
])
def test_what_a_title_says_of_its_speaker(title, name, office):
    assert in_title(title) == Speaker(name, office)


@pytest.mark.parametrize(("line", "who", "office"), [
    ("编者按：林业大会昨天召开。以下是江城苗圃有限公司董事长林书平的发言实录。", "林书平", "董事长"),
    ("现将县长林书平同志在造林大会上的讲话摘登如下：", "林书平", "县长"),
    ("以下是林农代表们的发言摘要。", None, None),
    ("下面是小编整理的领导讲话稿。", None, None),
    ("下面是我的发言。", None, None),
])
def test_an_editor_says_whose_words_follow(line, who, office):
    told = lead(line)
    assert (told.name, told.role) == (who, office) if who else told is None


@pytest.mark.parametrize(("words", "who", "office"), [
    ("县委书记林书平柳河机关党建", "林书平", "县委书记"),
    ("区长林平南山先锋", "林平", "区长"),
    ("党委书记、校长林书平育才教育", "林书平", "党委书记、校长"),
    ("书记张家口发布", None, None), ("局长高新区发布", None, None), ("县委书记讲党课柳河党建", None, None),
])
def test_an_officer_before_the_name_of_an_account(words, who, office):
    told = before_account(words)
    assert (told.name, told.role) == (who, office) if who else told is None


@pytest.mark.parametrize(("title", "who", "office"), [
    ("王大川大使致滨江侨界新春招待会的贺辞", "王大川", "大使"), ("李明总领事致华星艺术团成立十周年的贺词", "李明", "总领事"),
    ("幼师班家长代表李小山女士发言", "李小山", None), ("校长致全体新生的寄语", None, None), ("新生代表全体同学发言", None, None),
    ("家长代表李女士发言", None, None),
])
def test_who_sends_his_words_and_who_speaks_for_others(title, who, office):
    assert in_title(title) == Speaker(who, office)


def test_one_of_a_class_gives_his_name():
    assert speaker_line("机电系二年级 李小山同学") == Speaker("李小山", None)
    assert speaker_line("农学院 全体同学") is None


def test_a_caption_names_the_speaker():
    assert caption("省长刘大涛代表省人民政府向大会作政府工作报告。本报记者 朱某 摄") == Speaker("刘大涛", "省长")
    assert caption("本报记者 朱某 摄") is None


@pytest.mark.parametrize(("text", "office"), [
    ("我在这里当局长，要对大家负责。", "局长"), ("我作为县委书记，带头执行。", "县委书记"), ("作为市长，我深感责任重大。", "市长"),
    ("20XX年，我在**镇党委的领导下，担任农业服务中心主任，负责农技推广。", "主任"), ("我从2015年起担任居委会主任，管过信访。", "主任"),
    ("我在会上提议由李某担任县长，大家赞成。", None), ("我代表市委祝贺张某担任局长，", None),
    ("作为一名党员，我带头。", None), ("由我担任组长。", None), ("局长要带头。", None),
])
def test_the_office_that_a_speaker_gives_himself(text, office):
    assert in_text(text) == office


@pytest.mark.parametrize(("text", "who"), [
    ("大家好！我是骨科的主管护师钟小雪，很高兴来到这里。", "钟小雪"), ("我是车队的司机李大明，今年四十岁。", "李大明"),
    ("我是来自二车间的焊工王大山，说说心里话。", "王大山"),
    ("我是来自三号林场的瞭望员王小树，今天我演讲的题目是《山》。", "王小树"), ("我是镇上的老木匠李大明，", "李大明"),
    ("我是一名光荣的护林员高兴地站在这里，", None), ("我是今年的优秀学员代表，", None), ("我是农民工孩子，", None),
    ("我是一名工程师范毕业，", None), ("我是一名普通的技术员工作了三年，", None), ("我是司机家属，", None), ("我是一名护师，", None),
])
def test_who_speaks_for_a_trade_gives_his_name_behind_it(text, who):
    found = self_named(text)
    assert (found.name if found else None) == who


@pytest.mark.parametrize(("line", "who", "office"), [
    ("6月20日，区卫健委召开座谈会。区卫健委党委书记、主任李大山到会讲话，副主任王小河主持。", "李大山", "党委书记、主任"),
    ("省林业局召开座谈会。东山省原副省长李大山在会上的讲话，发人深省。", "李大山", "原副省长"),
    ("请各位领导到会讲话。", None, None), ("我们学习了李大山同志在会上的讲话。", None, None),
    ("各区负责人在会上的发言都很好。", None, None),
])
def test_who_spoke_at_a_meeting_by_the_note_above(line, who, office):
    found = lead(line)
    assert (found.name if found else None, found.role if found else None) == (who, office)


@pytest.mark.parametrize(("text", "who"), [
    ("各位领导：\n本人李大山，2018年11月任东山县林业站站长，主要管护林。", "李大山"),
    ("各位评委：\n我王小雪，今年三十岁，中共党员。", "王小雪"),
    ("同志们：\n我高兴，大家也高兴。", None), ("同志们。我常说，男同志要带头。", None), ("我同意，会后由李大山任组长。", None),
    ("本人自任职以来，认真学习。", None), ("我来晚了，2018年以来头一回。", None),
])
def test_who_accounts_for_his_year_gives_his_name_in_person(text, who):
    found = self_named(text)
    assert (found.name if found else None) == who


@given(st.text(alphabet="省市县长书记主席张王李·•（）：、 \u3000同志在", max_size=40))
def test_a_name_is_short_and_has_no_space(line):
    found = speaker_line(line)
    assert found is None or found.name is None or (2 <= len(found.name) <= 36 and " " not in found.name)


@pytest.mark.parametrize(("title", "who", "office"), [
    ("公安局长在全局大会上的讲话", None, "局长"),
    ("市委常委、常务副市长某某同志在全市防汛会上的讲话", None, "市委常委、常务副市长"),
    ("省纪委常委、秘书长王某在全省会议上的讲话", None, "省纪委常委、秘书长"),
    ("安全生产动员令：打赢百日攻坚战——总经理在启动大会上的动员讲话", None, "总经理"),
])
def test_a_title_whose_name_is_taken_out_keeps_the_office(title, who, office):
    told = in_title(title)
    assert (told.name, told.role) == (who, office)


def test_two_posts_with_a_space_between_are_two():
    assert speaker_line("市委副书记 市长 李 军") == Speaker("李军", "市委副书记、市长")
    assert speaker_line("中华人民共和国主席　李大明") == Speaker("李大明", "国家主席")
    assert speaker_line("竞聘人：刘大洋") == Speaker("刘大洋", None)


@pytest.mark.parametrize(("line", "name", "title"), [
    ("邱县长大彰", "邱大彰", "县长"), ("致词人：陈主席小燕", "陈小燕", "主席"), ("致词人：欧阳副市长明", "欧阳明", "副市长"),
    ("支队长王强", "王强", "支队长"),
    ("代市长王强", "王强", "代市长"), ("党委书记王强", "王强", "党委书记"), ("原县长李强", "李强", "原县长"),
])
def test_the_office_between_family_name_and_given_name(line, name, title):
    assert speaker_line(line) == Speaker(name, title)


@pytest.mark.parametrize("line", [
    "司长贺辞", "校长致词", "王局长讲话", "李县长发言", "院长寄语", "局长颂词", "王县长调研", "王县长一行", "李局长拜年", "李局长好",
])
def test_a_kind_of_speech_is_nobody(line):
    assert speaker_line(line) is None


@pytest.mark.parametrize(("line", "name", "title"), [
    ("3月4日，东山县人民法院党组书记、院长呼延小明给新进人员上了一堂党课。", "呼延小明", "党组书记、院长"),
    ("3月4日，省委常委、市委书记、市人大常委会主任王大川出席会议并讲话。", "王大川", "省委常委、市委书记、主任"),
    ("县委书记张大山、县长李小川出席会议并讲话。", "李小川", "县长"),
    ("贯彻精神、总结经验、副县长李小川作了讲话。", "李小川", "副县长"),
])
def test_a_sentence_names_all_the_offices_of_its_speaker(line, name, title):
    assert lead(line) == Speaker(name, title)


@pytest.mark.parametrize(("line", "name", "title"), [
    ("主讲人：林志远　某学院教师", "林志远", None),
    ("主讲人：林志远（县委党校副校长）", "林志远", "副校长"),
    ("授课人：第二支部 林志远", "林志远", None),
    ("主讲人：林 远", "林远", None),
])
def test_behind_a_label_a_name_may_stand_with_what_its_bearer_is(line, name, title):
    assert speaker_line(line) == Speaker(name, title)


def test_two_names_behind_a_label_are_two_people():
    assert speaker_line("主讲人：林志远 陈晓明") is None


@pytest.mark.parametrize(("title", "name", "office"), [
    ("商会会长在迎新会上的致辞", None, "会长"), ("法院副院长在全市大会上的讲话", None, "副院长"),
    ("李行行长在开业典礼上的致辞", "李行", "行长"), ("王明会长在迎新会上的致辞", "王明", "会长"),
    # right before the kind of speech; a place has a head, too
    ("陈立大使致某地中秋晚宴的贺辞", "陈立", "大使"), ("开幕典礼|陈永福代理县长致词", "陈永福", "代理县长"),
    ("金门县长致词", None, "县长"), ("商会副会长致词", None, "副会长"), ("伊朗大使致辞", None, "大使"), ("家委会主任讲话", None, "主任"),
])
def test_the_body_that_an_officer_heads_is_not_his_name(title, name, office):
    assert in_title(title) == Speaker(name, office)


def test_a_line_of_a_body_and_its_head_names_nobody():
    assert speaker_line("商会会长") is None and speaker_line("支队队长") is None
@pytest.mark.parametrize("body", ["人武部", "卫健委", "安监局", "车管所", "金融办", "中医院", "国资处"])
def test_a_body_is_no_person(body):
    assert lone_name(body) is None
    assert in_title(f"{body}主任在全县大会上的讲话") == Speaker(None, "主任")


@pytest.mark.parametrize("name", ["王登科", "张建社", "李国镇", "何书院", "释明远"])
def test_a_person_may_be_called_like_a_part_of_one(name):
    assert lone_name(name) == name
    assert speaker_line(f"住持　{name}") == Speaker(name, "住持")


def test_words_that_begin_like_the_name_of_a_monk():
    assert not any(map(lone_name, ("释义", "释疑", "释放")))


def test_whom_a_lead_names_with_his_office():
    assert led_to("会场没有横幅，镇长方大路站在土台上。") == [Speaker("方大路", "镇长")]
    assert led_to("今天登台的是道班党员、养路工方大路。") == [Speaker("方大路", None)]
    assert led_to("镇长到会，村主任们也都来了。") == [] and led_to("局长办公会研究了三件事。") == []


def test_a_headline_over_the_title_names_the_speaker():
    assert in_title("校长方大路：把路走宽——在毕业典礼上的讲话") == Speaker("方大路", "校长")
    assert in_title("把路走宽：一封信——镇长方大路在毕业典礼上的讲话") == Speaker("方大路", "镇长")


def test_a_house_is_nobody():
    assert speaker_line("中国大使官邸") is None
