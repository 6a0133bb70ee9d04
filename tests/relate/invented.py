"""Invented officialese for tests of reuse: sentences of random words, so that two of them share no wording by chance."""
import random
import re

WORDS = re.findall(r"\w+", """
    推进 落实 完善 健全 提升 深化 拓展 巩固 优化 培育 引导 规范 整治 保障 化解 盘活 补齐 打通 压实 守住 改造 扩建 修缮 清理 排查 宣讲
    走访 联系 帮扶 结对 考核 公示 督导 评议 轮训 选派 河道 街巷 菜场 路灯 公园 窨井 桥梁 站台 厂房 仓库 码头 渔港 茶园 果林 梯田 水库
    学校 医院 书屋 剧团 食堂 澡堂 车间 作坊 合作 社区 村组 院落 楼栋 商圈 夜市 园区 苗圃 牧场 渡口 矿山 老人 儿童 青年 妇女 工匠 教师
    护士 骑手 司机 渔民 茶农 商户 党员 支部 网格 专班 热线 台账 清单 预案 标准 章程 公约 合同 资金 债券 税费 补贴 利息 指标 产值 订单
    品牌 专利 设备 芯片 电池 纺织 陶瓷 酿造 竹编 剪纸 皮影 龙舟 庙会 古桥 牌坊 碑刻 族谱 方言 童谣 气象 潮汐 地震 山洪 火灾 旱情 虫害
""")


def clause(choice: random.Random) -> str:
    return "".join(choice.choices(WORDS, k=choice.randint(4, 6)))


def sentence(choice: random.Random) -> str:
    return "，".join(clause(choice) for _ in range(choice.randint(2, 4))) + "。"


def speech(seed: int | str, sentences: int = 40) -> str:
    """A text of `sentences` sentences in paragraphs of five; the same seed gives the same text."""
    choice = random.Random(seed)
    made = [sentence(choice) for _ in range(sentences)]
    return "\n".join("".join(made[first:first + 5]) for first in range(0, sentences, 5))
