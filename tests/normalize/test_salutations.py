"""Whom a speech addresses is told, and what only reads like an address."""
import pytest

from flows.normalize.salutations import is_addressed, is_salutation


def test_several_called_each_in_their_own_way():
    assert is_salutation("矿工兄弟们、各位机修班的师傅：")
    assert not is_salutation("他们、各位班长：") and not is_salutation("你们、我们：")


@pytest.mark.parametrize("line", ["周会长 李校长 各位师长 各位来宾", "各位来宾 各位学弟妹", "各位学弟妹大家好"])
def test_an_address_may_have_spaces_and_no_colon(line):
    assert is_salutation(line)
    assert not is_salutation(line + "，今天我来讲讲栽树")


@pytest.mark.parametrize("line", ["参加人员 李校长 各位师长", "各位评委的分数大家都看到", "各位 请看"])
def test_a_row_of_words_is_no_address(line):
    assert not is_salutation(line)


@pytest.mark.parametrize("line", ["同志们：", "各位代表！", "尊敬的各位领导、各位来宾，女士们、先生们：", "老师们、同学们，大家上午好！",
    "大家好！", "尊敬的主席先生：", "林理事长、各位乡亲，大家早安：", "各位小朋友，大家早：",
                                  "同志们、朋友们,", "尊敬的李市长：", "各位来宾、各位读者：", "各位乡亲：",
                                  "各位朋友早晨。", "同志们、社员们：", "矿工们、家属们、少年们！"])
def test_addresses(line):
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["市长：李某", "县长：", "致读者：", "居民：", "适用于各位居民的规定：",
    "来源：各位代表：", "同志们，今天我们召开大会，主要任务是总结工作。",
    "一、同志们的成绩", "学习先进的同志", "我们、你们、他们：", "社员们：", "人们、牛马们："])
def test_no_addresses(line):
    assert not is_salutation(line)


@pytest.mark.parametrize("line", ["本期嘉宾：林大山，护林员", "做客嘉宾：林大山", "今日特邀专家：林大山，护林员"])
def test_who_came_to_a_programme_is_not_addressed(line):
    assert not is_salutation(line) and not is_addressed(line)


@pytest.mark.parametrize("line", ["各位嘉宾：", "尊敬的各位来宾：", "各位专家："])
def test_guests_and_experts_are_addressed(line):
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["全体指战员：", "全体社员：", "全体师生、全体家长："])
def test_all_of_a_kind_are_addressed(line):
    assert is_salutation(line)


@pytest.mark.parametrize("line", ["全体起立，奏国歌！", "全体会员名单：", "全体人员都到了，现在开会。", "全体村民大会："])
def test_what_all_do_is_no_address(line):
    assert not is_salutation(line) and not is_addressed(line)


def test_the_last_of_several_who_are_addressed_may_be_anybody():
    assert is_salutation("街坊们、各位大叔大婶、从工地上赶来的泥瓦匠：")
    assert not is_salutation("街坊们、各位大叔大婶、我想说一句：")
