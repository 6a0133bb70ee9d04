"""Speeches of every genre are taken, papers that look like them are not, and each decision says why."""
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.documents import Document, Mark
from flows.ingest.selection import _scale, judge
from schemas.documents import REASONS
from tests.hostile import ends

SPEECHES = {
    "讲话": """在全县秋粮收购工作会议上的讲话
同志们：
今天我们把大家请来，专门研究秋粮收购。刚才，粮食局通报了进度，三个乡镇作了发言，我都同意。下面，我讲三点意见。
一、看清形势，早作准备。今年雨水多，粮食水分高，烘干能力不够，这个问题要早想办法。
二、敞开收购，不打白条。农民种一年粮不容易，钱要当天付到手里。
三、各负其责，抓好落实。乡镇主要负责人要到库点去看一看。
我就讲这些，谢谢大家。""",
    "没有称呼的讲话": """在局机关支部生活会上的讲话
很高兴参加大家的会。开会是个苦差事，不过今天这个会开得短，也开得实，每位同志都红了脸、出了汗。
我想谈两点看法。第一，批评是帮人，不是整人，这一点在座的要想清楚。第二，改要有期限，下个月我再来听。
讲得不对的地方，请大家批评指正。""",
    "标题粘在正文上": """在市政府第五次全体会议上的讲话春节刚过，市政府就召开这次会议，主要任务是分解任务。下面我讲三点意见：
一、认清形势，增强加快发展的紧迫感。去年我们完成了任务，但差距还很大。二、突出重点，抓好二十件实事。三、转变作风，少开会，多下去。会后各单位要在一周内拿出方案。""",
    "致辞": """在白茶文化节开幕式上的致辞
尊敬的各位领导、各位来宾，女士们、先生们：
大家上午好！春山如黛，茶香满城。今天，我们在这里举行白茶文化节。我谨代表县委、县政府，向远道而来的朋友们表示热烈的欢迎！
我县种茶已有八百年，家家会做茶，人人爱喝茶。希望各位多走走、多看看。
最后，预祝本届茶文化节圆满成功！祝各位来宾身体健康！谢谢大家！""",
    "主持词": """全县防汛工作会议主持词
同志们：
现在开会。今天会议的主要任务是分析汛情、部署防汛。参加会议的有各乡镇长和水利站长。会议共有三项议程。
首先，请水利局局长通报雨情水情。
下面，请王副县长讲话，大家欢迎。
同志们，刚才王副县长讲得很具体，请各乡镇抓紧传达。会议到此结束，散会。""",
    "政府工作报告": """政府工作报告
——2018年1月9日在东川县第十六届人民代表大会第三次会议上
县长 周明
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员提出意见。
一、2017年工作回顾
一年来，全县生产总值增长百分之七点二，粮食总产三十万吨，修通农村公路二百公里。
各位代表！让我们在县委领导下，为建设更加美好的东川而努力奋斗！""",
    "没有称呼的政府工作报告": """2016年青江市人民政府工作报告
（2016年1月19日在青江市第十三届人民代表大会第六次会议上）
一、“十二五”时期工作回顾
“十二五”以来，我们守住发展和生态两条底线，全市生产总值年均增长百分之十。新修道路三百公里，新建学校四十所。城市面貌变化很大，群众生活明显改善。
二、今后五年的目标。到二零二零年，全面建成小康社会。让我们团结起来，为建设生态青江而努力奋斗。""",
    "述职报告": """镇长述职述廉报告
各位代表、同志们：
根据会议安排，现将我一年来的工作述职如下，请予评议。
一、抓学习，提能力。坚持每周学习半天，记笔记三万字。二、抓项目，促发展。全年引进企业四家。三、守纪律，保清廉。没有收过一分钱的礼。
存在的问题是下村少了。今后我要多走多看。以上汇报，请组织和同志们批评指正。""",
    "对照检查": """民主生活会个人对照检查材料
县人民政府副县长 郑某
根据县委安排，我围绕会议主题，认真查摆了自己存在的问题，现作对照检查如下，请同志们批评。
一、存在的主要问题。学习不够系统，满足于完成规定动作。下基层蜻蜓点水，听汇报多，看现场少。
二、整改措施。每天读书一小时，每月下乡不少于五天。
以上是我的对照检查，不妥之处，请同志们批评帮助。""",
    "半角句点": """在全县森林防火会议上的讲话提纲
同志们:
今天召开这次会议,主要任务是部署清明期间森林防火工作.下面,我讲几点意见.
一.认清形势.今春雨水少,火险高.
二.落实措施.要守住山头、管住人头、看住坟头.
三.严肃追责.哪里起火,就追究哪里的责任.
完了.谢谢大家.""",
    "党课": """党课讲稿：做一名清醒的党员
同志们：
按照支部安排，今天由我给大家讲一次党课。我讲的题目是做一名清醒的党员，主要讲三个问题。
第一个问题，为什么要清醒。权力是人民给的，用不好就会害人害己。
第二个问题，怎样才能清醒。要读书，要听不同的话，要常常想一想入党的时候说过什么。
今天的党课就讲到这里，有不对的地方请大家批评指正。""",
    "演讲": """爱岗敬业演讲稿
尊敬的各位评委，亲爱的同事们：
大家好！我演讲的题目是《灯塔下的二十年》。
我的师傅守了二十年灯塔，他常对我说，灯亮着，船上的人心里就不慌。我刚来的时候不懂，后来有一年刮台风，我才明白这句话的分量。
青春不是用来等待的，让我们把灯点亮，把路走宽！我的演讲完了，谢谢大家！""",
    "新年贺词": """市长发表新年贺词
市民朋友们，大家好！
新年的钟声就要敲响，我谨代表市人民政府，向全市人民致以新年的祝福！过去的一年，我们一起修好了滨江路，一起挺过了大洪水，每个人都了不起。
新的一年，我们要把老旧小区改造好，把孩子上学的事办好。祝大家新年快乐，阖家幸福！""",
    "国际会议": """在亚洲渔业合作论坛上的演讲
主席先生，
各位同事：
很高兴同各国朋友一道讨论渔业合作。中国沿海有两千万渔民，海里的鱼多不多，关系到他们的生计。
我愿提三点建议。第一，共同休渔。第二，共享数据。第三，共同救援。中方愿为此作出贡献。
谢谢主席先生。""",
    "大会闭幕": """在县妇女第九次代表大会上的闭幕词
各位代表，姐妹们：
县妇女第九次代表大会，经过全体代表的共同努力，就要胜利闭幕了。大会选出了新一届执委会，我代表新当选的全体委员，向大家表示衷心的感谢！
各位代表，会后请把大会的精神带回去，带到每一个村。现在，我宣布大会胜利闭幕！""",
    "开学讲话": """校长在秋季开学典礼上的讲话
亲爱的同学们，尊敬的老师们：
早上好！假期过去了，校园里又有了读书声。今天站在这里，我想和同学们说三句话。
第一句，好好吃饭，好好睡觉。第二句，读一本与考试无关的书。第三句，每天帮别人做一件小事。
希望同学们在新的学期里平安、快乐、有长进。谢谢！""",
    "悼词": """在老支书追悼会上的悼词
各位亲友、各位乡亲：
今天，我们怀着沉痛的心情，送别我们的老支书。他一九四九年入党，在村里当了三十年支部书记，修水库、架电线，没有歇过一天。
他走的时候，口袋里只有一本旧党章。我们要学他的为人，把村里的事办好。老支书，您安息吧！""",
    "表态发言": """在全市安全生产大会上的表态发言
尊敬的各位领导、同志们：
听了市长的讲话，我深感责任重大。下面，我代表河口区作表态发言。
一、思想上再紧一紧。二、隐患上再查一查，十月底前把所有企业过一遍。三、责任上再压一压，出了事先问我。
请市委、市政府放心，我们一定说到做到。""",
    "领导人旧讲话": """在干部会议上的讲话
（一九五六年三月七日）
今天只讲一个问题，就是怎样看待农民。有的同志说农民落后，我看这话不对。农民要的是地，是粮，是公道，我们给了没有呢？给了一些，还不够。
我认为我们的同志要学会算账，要同农民一起算账。账算清楚了，办法就有了。这个问题我讲过多次，今天再讲一次，希望大家回去想一想。""",
    "新闻里的全文": """县长在国庆招待会上的致辞（全文）
本报讯 （记者 周文）9月30日晚，县政府举行国庆招待会，县长出席并致辞。致辞全文如下：
各位来宾，同志们，朋友们：
今天晚上，我们欢聚一堂，共庆祖国的生日。在这里，我代表县人民政府，向全县人民致以节日的问候！
七十多年来，我们从一穷二白走到了今天。饮水思源，不能忘了那些流血流汗的人。
现在我提议，让我们举杯，为祖国的繁荣干杯！""",
    "繁体和注音": """領導(dǎo)在動員會(huì)上的講話(huà)
發(fā)布時(shí)間:2019-03-05 來源:文庫 點擊:
同志們(men):
今天我們召開動員會(huì)議,主要任務(wù)是部署機關(guān)作風(fēng)整頓。下面,我講幾點意見(jiàn)。
一、認(rèn)識要到位。二、查擺問題要實。三、整改要快。不要怕紅臉,不要怕出汗。
我就講到這裡,謝謝大家。""",
    "编者注": """做好基层工作
基层工作千头万绪，说到底是人的工作。人心齐了，什么事都好办；人心散了，什么事都难办。
要把人心拢到一起，靠的不是发文件，靠的是一家一户去走，一件一件去办。农村有句话，脚上有多少泥，心里就有多少情。
这个道理，老一辈懂，年轻的同志也要懂。
*这是周明同志在全县基层干部培训班上讲话的一部分。周明同志当时任县委书记。
出处：《东川文稿》第二卷""",
    "议员": """立法會：財政司司長就撥款條例草案的發言
主席：
我謹此動議二讀撥款條例草案。過去一年，香港經濟逐步復蘇，失業率回落，財政狀況好轉。
我收到議員和市民提出的一千多份意見，在此衷心感謝各位。草案增加了醫療和教育的撥款，並為中小企業提供支援。
我懇請各位議員支持草案，讓各項措施早日落實。多謝主席。""",
    "议员发言": """就渡轮服务动议的发言
李文渡议员于2021年6月9日会议上的发言
代理主席，我支持这项动议。
离岛的居民每天靠一条航线出门。去年台风季节停航二十六天，学生上不了课，老人看不了医生，菜价翻了一番。
政府说增加班次要等到后年。我想问一句，孩子的课等不等得到后年？我建议先租两艘船，周末加开，花费不多，办得到。
代理主席，一张船票在账上是几元，在岛上是一天的生活。我谨此陈辞。""",
    "致辞原文": """以下是市長今日在國際龍舟賽開幕禮的致辭全文：
各位嘉賓、各位朋友：
歡迎大家來到東川河畔。龍舟賽在這裡舉行了二十年，今年有三十支隊伍參加，是歷來最多的一年。
我祝願各隊取得佳績，也祝各位有一個愉快的周末。多謝。""",
    "新闻稿": """石溪县政府新闻稿
中秋联欢晚会今晚在体育馆举行，由县长方文德主持点灯。
县长致词全文为：
方议长、各位乡亲、各位志工，大家晚安：
今天月亮很圆，感谢志工忙了三个月。我想跟大家报告一件事，明年体育馆要整修，先说声不好意思。
祝大家佳节愉快。谢谢。
附件：照片二张""",
    "串词": """七一文艺汇演主持词
男：尊敬的各位领导、各位来宾，
女：老师们、同学们：
合：大家好！
男：七月的阳光洒满校园，七月的歌声飞过山岗。
女：今天，我们相聚在一起，把歌声献给亲爱的党。
男：首先，请允许我介绍到场的领导和嘉宾。让我们以热烈的掌声欢迎他们！
女：下面请欣赏合唱《红旗颂》。""",
    "双语": """在港口合作论坛开幕式上的致辞
各位来宾、朋友们：
Distinguished guests, dear friends, ladies and gentlemen,
欢迎来到东川港。
It gives me great pleasure to welcome all of you to the Port of Dongchuan on this beautiful spring morning.
下面，我提两点建议。
Now allow me to put forward two proposals for the cooperation between our ports in the years to come.
第一，班轮加密。第二，信息互通。
First, we should run more liners. Second, we should share information on ships, goods and tides.
谢谢大家！
Thank you all very much for your attention.""",
    "就职演说译文": """新总统发表就职演说
以下为就职演说全文（本站翻译）：
首席大法官先生，前任总统，同胞们，谢谢大家。（掌声）
今天，权力不是从一个政党交到另一个政党手里，而是交回到你们手里。（掌声）
太久以来，少数人得了好处，多数人付了代价。工厂关了门，学校没了钱，这一切从此刻起要改变。
这是你们的日子，这是你们的国家。谢谢你们！（长时间鼓掌）""",
    "常委会报告": """关于全县农村饮水安全工作情况的报告
——2019年6月20日在县十六届人大常委会第二十次会议上
县水利局局长 周明
县人民代表大会常务委员会：
受县人民政府委托，我向会议报告全县农村饮水安全工作情况，请予审议。
一、基本情况。全县建成集中供水工程四十处，受益二十万人。二、存在问题。部分管网老化，漏损率高。
三、下步打算。今年更换管网五十公里，建立水费收缴制度。""",
    "没有换行": "领导在春耕现场会上的讲话　　同志们：　　今天我们在田头开会。下面，我讲两点意见。　　一、抢农时，清明前把秧育好。"
    "　　二、保农资，化肥种子不能断档，价格不能乱涨。　　我就讲这些。",
    "断行和半角": """在 全 市 农 田 水 利 会 议 上 的 讲 话

同志
们:
   今天我们召开会议,主要任务是安排冬
修水利。下面,我讲
三点意见。
一、早动手。今年冬天短,土方量大。
二、重质量。去年修的渠,今年就垮了,这样的
事不能再有。
三、严纪律。谁的段面谁负责。
谢谢大家!""",
}

OTHERS = {
    ("news", "会议新闻"): """全县秋粮收购工作会议召开 王明出席并讲话
本报讯 （记者 周文）9月3日，全县秋粮收购工作会议召开。县委书记王明出席会议并讲话，县长李刚主持会议。
王明指出，秋粮收购关系千家万户，各级各部门要提高认识，做到有粮必收。他强调，要严禁打白条，确保农民利益不受损害。
会议要求，各乡镇要落实责任，加强督查。会上，三个乡镇作了交流发言。县直有关部门负责同志参加会议。""",
    ("regulation", "办法"): """东川县乡村道路养护办法
第一条 为了加强乡村道路养护，保障道路畅通，根据有关法律，结合本县实际，制定本办法。
第二条 本办法所称乡村道路，是指乡道、村道及其桥梁。
第三条 县交通主管部门负责全县乡村道路养护的监督管理。
第四条 养护资金由县财政列入预算，专款专用。
第五条 违反本办法的，由县交通主管部门责令改正。
第六条 本办法自2020年5月1日起施行。""",
    ("regulation", "通知"): """关于做好秋粮收购工作的通知
各乡镇人民政府，县直各单位：
为做好今年秋粮收购，保护种粮农民利益，现将有关事项通知如下：
一、提高认识，加强领导。各乡镇要成立领导小组，主要负责人亲自抓。
二、敞开收购，优质优价。三、加强监管，严禁坑农。
请各单位认真贯彻执行，收购情况每周一报县粮食局。
特此通知。
县人民政府办公室 2020年9月1日""",
    ("regulation", "方案"): """东川县机关作风整顿工作方案
为进一步转变机关作风，提高办事效率，根据市委要求，结合我县实际，制定本方案。
一、指导思想。以服务群众为中心，着力解决门难进、脸难看、事难办的问题。
二、工作目标。到年底，群众满意率达到九成以上。三、方法步骤。分学习动员、查摆问题、整改提高三个阶段进行。
四、组织领导。成立领导小组，办公室设在县纪委。各单位要按本方案要求抓好落实。""",
    (None, "决议"): """东川县第十六届人民代表大会第三次会议关于县人民政府工作报告的决议
（2018年1月11日东川县第十六届人民代表大会第三次会议通过）
东川县第十六届人民代表大会第三次会议听取和审议了县长周明所作的政府工作报告。会议充分肯定县人民政府过去一年的工作，同意报告提出的今后工作的总体要求和主要任务，决定批准这个报告。
会议号召，全县人民要在中共东川县委的领导下，扎实工作，为建设美丽东川而努力奋斗。""",
    (None, "公报"): """中国共产党东川县第十三届委员会第八次全体会议公报
中国共产党东川县第十三届委员会第八次全体会议，于2020年12月9日举行。出席会议的有县委委员三十二人。
全会听取和讨论了县委书记受常委会委托作的工作报告。全会充分肯定常委会的工作。全会指出，今后五年是关键的五年。全会强调，要坚持党的领导。全会号召，全县人民紧密团结起来，为实现新的目标而努力奋斗！""",
    ("commentary", "评论员文章"): """本报评论员：把功夫下在平时
作风建设不是一阵风。有的单位检查来了紧一紧，检查走了松一松，群众看在眼里，记在心上。
把功夫下在平时，就要从小事抓起。电话有没有人接，窗口有没有人坐，材料要不要跑三趟，这些都是作风。
把功夫下在平时，还要靠制度。没有制度，好的做法留不住，坏的习惯改不掉。让我们从今天做起，把功夫下在平时。""",
    ("commentary", "署名文章"): """推动县域经济高质量发展
县域是国民经济的基本单元。近年来，东川县立足资源优势，走出了一条特色发展的路子。
要坚持规划先行。一张蓝图绘到底，不翻烧饼，不搞折腾。要坚持产业为本，把茶叶这片叶子做成富民的产业。要坚持改革创新，破除制约发展的体制机制障碍。
让我们以更大的决心推动发展，为全面建设现代化作出更大贡献。
（作者为东川县委书记）""",
    ("essay", "申论"): """国家公务员考试申论范文：让乡村留住人
很多考生对乡村振兴这个话题感到陌生，下面为大家准备了一篇范文，供备考参考。
【范文展示】
乡村要振兴，关键在人。没有人，再好的房子也会空，再好的地也会荒。因此，我们要让乡村留得住人。
留住人，首先要有产业。其次要有学校和医院。最后要有文化。只有这样，乡村才能真正兴旺起来。""",
    ("essay", "心得体会"): """学习先进典型心得体会
通过这段时间的学习，我的思想受到了很大的震动，对自己的工作有了新的认识。现将学习体会总结如下。
一、学习他们对党忠诚的品格。作为一名党员，我要时刻牢记自己的身份。
二、学习他们一心为民的情怀。我在窗口工作，每天都要面对群众，要做到来有迎声、去有送声。
三、学习他们敬业奉献的精神。今后，我要以他们为榜样，把本职工作做得更好。""",
    (None, "工作总结"): """县图书馆二〇二〇年工作总结
一年来，县图书馆在县文旅局的领导下，认真贯彻公共文化服务的要求，较好地完成了各项任务。现将全年工作总结如下：
一、阵地服务。全年开馆三百五十天，接待读者八万人次，借阅图书十二万册。二、流动服务。送书下乡四十次，建成农家书屋十个。三、存在问题。购书经费不足，专业人员偏少。
四、下一步打算。争取经费，办好总分馆，把书送到读者手里。""",
    (None, "倡议书"): """致全县人民的倡议书
亲爱的市民朋友们：
城市是我们共同的家。为了让这个家更干净、更有序，我们向您发出如下倡议：
一、不乱扔垃圾，不随地吐痰。二、不乱停乱放，礼让行人。三、不乱贴广告，爱护公物。
小事见品格，点滴见文明。让我们行动起来，从我做起，从现在做起！
县文明办
2020年3月5日""",
    (None, "家长信"): """致家长的一封信
尊敬的各位家长：
您好！暑假就要到了，为了孩子们的安全，请您配合我们做好以下几件事。
一、看好孩子，不到河边玩水。二、教育孩子遵守交通规则。三、合理安排作息，控制看电视的时间。
感谢您对学校工作的支持！此致
敬礼！
东川小学""",
    (None, "会议纪要"): """县政府常务会议纪要
2020年6月9日，县长李刚主持召开县政府第三十次常务会议，研究防汛等工作。现将会议议定事项纪要如下：
一、会议听取了水利局关于防汛工作的汇报。会议认为，今年汛期来得早。会议决定，提前进入防汛值班。
二、会议审议了道路养护办法。会议原则同意，由司法局修改后印发。
出席：李刚、王芳。列席：各局局长。""",
    ("conversation", "答记者问"): """县水利局负责人就防汛工作答记者问
问：今年的汛情有什么特点？
答：一是来得早，比常年早半个月。二是强度大，局部地区一小时下了八十毫米。
问：水库安全吗？
答：全县二十六座水库都在汛限水位以下，每座都有人值守。
问：群众应当注意什么？
答：不要到河道里去，听到转移通知马上走。""",
    ("fiction", "小说里的讲话"): """第三章 会场
会议室里烟雾腾腾。高书记敲了敲桌子，说道：“同志们，现在开会。今天我们只讲一件事，就是修路。下面，我讲三点意见。”
底下有人笑道：“又是三点。”他说：“你小声点。”
高书记瞪了他一眼，继续说道：“第一，钱从哪里来；第二，人从哪里来；第三，谁来管。”
散会以后，他把小李叫到一边，问道：“你笑什么？”小李说：“没什么。”他叹道：“你呀。”""",
    ("fiction", "开口就是讲话的小说"): """周站长先开了口，高声宣布道：“各位同志，今天叫大家来……”没有人接话，他轻声道：“开会吧。”
他说的都是些套话，屋里的人低着头记，笔尖沙沙地响，没有人抬头看他。
高书记扶了扶眼镜，沉声道：“同志们，坝是我们修的，水是从我们这里过的，谁也不能躲。”
老周坐在门口，低声道：“要不先撤人？”高书记没有回头，沉声道：“先守着。”屋里再没有人说话。""",
    (None, "小说平实"): """雨下了一夜。天亮的时候，老周披着蓑衣走到坝上，水离坝顶只有一尺了。
他蹲下来，抓了一把泥，在手里捏了捏，半天没有说话。
远处传来狗叫。老周想起三十年前，也是这样的雨，也是这样的水，他爹站在坝上，一站就是两天两夜。那时候他还小，不懂得怕。现在懂了，腿却不听使唤。
他站起来，往村里走。路上遇见小李，小李问他要不要撤，他摆了摆手。""",
    ("list_of_titles", "目录页"): """领导讲话 - 文秘网
在全县春耕生产会议上的讲话
在全市安全生产会议上的讲话
在教师节座谈会上的讲话
2019年述职述廉报告
新年茶话会致辞
在庆祝建党大会上的讲话
县委书记在作风建设会议上的讲话
在全县防汛工作会议上的讲话
在全县三级干部会议上的讲话
首页 上一页 1 2 3 下一页 尾页
关于我们 联系方式 网站地图 版权所有""",
    ("furniture_only", "空页"): """首页 公文写作 领导讲话 工作总结 心得体会 党建材料
当前位置：首页 领导讲话 正文
字体：大 中 小 打印 关闭 收藏 分享到：微信 微博 空间
本文为会员专享，登录后阅读全文
上一篇 下一篇 相关文章 推荐阅读 热门文章 最新文章
关于我们 联系方式 网站地图 友情链接 版权声明
版权所有 备案号 技术支持 在线客服 返回顶部 手机版 电脑版 加入收藏 设为首页""",
    ("conversation", "新闻发布会实录"): """县政府新闻发布会 文字实录
主持人：女士们、先生们，大家上午好！欢迎出席今天的新闻发布会。今天我们请来了水利局局长，请他介绍情况，并回答大家的提问。
水利局局长：谢谢主持人。各位媒体朋友，大家上午好！今年全县水利投资三亿元，修渠二百公里。下面，我愿意回答大家的提问。
主持人：下面进入提问环节，请通报所在的新闻机构。
县电视台记者：请问水库安全吗？
水利局局长：谢谢你的提问。第一，水库都在汛限水位以下。第二，每座都有人值守。
主持人：今天的发布会到此结束，谢谢大家。""",
    ("furniture_only", "登录页"): """领导讲话 - 文稿小站
您还没有登录，请登录后查看全文。
下载本文需要3金币，点击充值。如果页面显示不全，请刷新或者更换浏览器；如果下载失败，请联系客服，客服时间为每天九点到十七点。
本站文稿由会员上传，仅供学习交流，请在下载后二十四小时内删除。
热门标签：讲话稿 发言稿 致辞 主持词 述职报告""",
    ("technical", "程序"): """import os
import sys

def read(path):
    \"\"\"读取文件，返回文本。\"\"\"
    with open(path) as handle:
        return handle.read()

class Reader:
    # 这个类负责逐行读取，跳过空行，并且把每一行交给回调函数处理。
    def __init__(self, path, callback):
        self.path = path
        self.callback = callback

    def run(self):
        for line in read(self.path).splitlines():
            if line.strip():
                self.callback(line)  # 把行交给回调函数，由它决定是否保留这一行
        return None
""",
    (None, "商品评论"): """收到货了，包装很好，没有坏的，物流也快，隔天就到。苹果个头不大，但是很甜，孩子喜欢吃。
给妈妈也买了一箱，她说比超市的便宜。
就是有两个压伤了，找客服给退了三块钱，态度不错。下次还会再来，推荐给大家，性价比高。我觉得比上次那家好吃，上次那家又小又酸，还磨蹭了一个星期才发货。好评！""",
    (None, "招聘"): """东川县医院公开招聘公告
因工作需要，县医院面向社会公开招聘医护人员，现将有关事项公告如下：
一、招聘岗位。内科医师三名，护士八名。二、岗位职责。负责门诊和病房的诊疗护理工作。
三、任职资格。本科以上学历，持有执业证书。四、报名时间。即日起至本月二十日。应聘人员请带身份证到人事科报名，联系电话见医院网站。""",
    (None, "百科"): """白茶是中国六大茶类之一，属微发酵茶，是中国茶类中的特殊珍品。因成品茶多为芽头，满披白毫，如银似雪而得名。
白茶的制作工艺，一般分为萎凋和干燥两道工序，而其关键在于萎凋。萎凋分为室内自然萎凋、复式萎凋和加温萎凋。
白茶主要产区在福建的福鼎、政和、建阳等地。其性清凉，有退热降火的功效，民间常作药用。白茶存放时间越长，其药用价值越高。""",
    (None, "论文"): """县域茶产业集聚的影响因素研究
摘要：本文以东南沿海三县为例，运用空间计量方法，考察了县域茶产业集聚的影响因素。研究发现，交通条件和品牌投入对集聚有显著的正向作用，而劳动力成本的作用不显著。
关键词：茶产业；产业集聚；空间计量
一、引言。产业集聚是区域经济学的重要议题。已有文献多以制造业为对象，本文认为，农业加工业的集聚有其特殊机制。
参考文献：略。基金项目：略。""",
    (None, "热议讲话的新闻"): """书记讲话在全县引起热烈反响
连日来，县委书记在全县干部大会上的讲话引起热烈反响。广大干部纷纷表示，要把讲话精神落实到行动上。
“书记讲得实在，句句说到心坎上。”河口镇干部老刘说，“我们一定要把茶园管好。”县农业局局长周强表示，将按照讲话的要求，抓好春茶生产。
近日，各乡镇通过开会、办板报等方式，组织党员学习讲话。据了解，全县已有三千多名党员参加了学习。""",
    (None, "慰问信"): """致全县教师的慰问信
全县广大教师：
春风化雨，桃李满园。值此教师节来临之际，县委、县政府向辛勤工作在教育战线上的老师们致以节日的祝贺和亲切的慰问！
一年来，全县教师扎根讲台，默默奉献，为孩子们点亮了灯。你们的付出，家长记得，县里也记得。
衷心祝愿全县教师身体健康、工作顺利、阖家幸福！
中共东川县委 东川县人民政府
2020年9月8日""",
    (None, "考试须知"): """普通话水平测试考生须知
为保证测试顺利进行，请各位考生注意以下事项：
一、携带准考证和身份证，提前半小时到达候测室。二、关闭通讯工具，保持安静。
三、听到叫号后进入备测室，准备时间十分钟。四、测试结束后立即离开，不得在考点停留。
测试成绩一个月后公布，请大家到网站查询。""",
    (None, "记者会"): """县长与中外记者见面会现场实录
县长：各位记者朋友，上午好，很高兴同大家见面。下面，我愿回答大家的提问。
东川日报记者：请问县长，今年的春茶收成怎么样？
县长：今年春茶产量和去年持平，价格高了一成。
东川电视台记者：我的问题是，茶农的贷款难怎么解决？
县长：我们设立了担保基金，已经放款三千万元。谢谢你的提问。""",
    (None, "写作指导"): """怎样写好会议主持词
主持词是供会议主持人使用的讲话稿。下面，我结合自己的写作经验，与读者朋友一起探讨。
一、主持词的特点。主持人像一名导游，把与会者带到每一个议程。二、主持词的结构。一般由开头、串联和结尾三部分组成。
三、应当注意的问题。语言要简短，不要抢了主讲人的风头；衔接要自然，不要生硬。""",
    (None, "客户公告"): """关于系统升级的公告
尊敬的客户：
为了给您提供更好的服务，我行将于本周六零点至六点进行系统升级。升级期间，网上银行、手机银行将暂停服务。
如您有紧急用款需要，请提前办理。由此给您带来的不便，敬请谅解。感谢您对我行的支持！
东川银行""",
    (None, "内部通知"): """会议通知
各位老师：
兹定于本周五下午三点在三楼会议室召开教研组会议，请准时参加，不得迟到早退。
会议内容：一、传达教育局文件；二、布置期中考试；三、安排家长会。请各备课组长带好教学进度表，其他老师带好听课记录。
请互相转告。教务处""",
    (None, "教案"): """《荷塘月色》教案
教学目标：体会作者的感情，学习借景抒情的写法。
教学过程：
师：同学们，大家见过荷花吗？
生：见过。
师：今天我们来学习一篇写荷花的文章。请大家把课文读一遍，想一想作者的心情有什么变化。
生：一开始不宁静，后来有一点高兴，最后又忧愁起来。
师：说得很好。下面，我们来看第四段的比喻。""",
    (None, "博客"): """用三十行脚本整理照片
大家好，我是老周。今天给大家介绍一个小脚本，可以按拍摄日期把照片放进不同的文件夹。
首先安装依赖，然后把脚本放到照片所在的目录，运行就可以了。脚本会读取每张照片的拍摄日期，没有日期的放到“其他”里。
如果遇到问题，可以在下面留言，我看到了会回复。代码放在仓库里，喜欢的话点个赞。""",
    (None, "讲话摘编"): """关于作风建设论述摘编
作风建设永远在路上，不能有歇歇脚的念头。
——《在全县干部大会上的讲话》（2016年3月2日）
群众看一个干部，首先看他为谁办事。
——《在河口镇调研时的讲话》（2017年5月4日）
不要怕得罪人，怕的是对不起人。
——《在县纪委全会上的讲话》（2018年1月9日）
账要算清，话要讲明，事要办成。
——《在全县经济工作会议上的讲话》（2019年2月1日）""",
    (None, "统计公报"): """东川县2019年国民经济和社会发展统计公报
2019年，面对复杂的形势，全县经济运行总体平稳。初步核算，全年生产总值一百二十亿元，按可比价格计算，比上年增长百分之六点八。
一、农业。全年粮食产量三十万吨，比上年增长百分之二。二、工业。规模以上工业增加值增长百分之八。三、人口。年末常住人口四十万人。
注：本公报为初步统计数，生产总值按现价计算。""",
}


def document(text: str, **known: str) -> Document:
    return Document("a.txt", "text/plain", "utf-8", len(text.encode()), text, metadata=known)


@pytest.mark.parametrize("genre", SPEECHES)
def test_a_speech_of_every_genre_is_taken(genre: str) -> None:
    judgement = judge([document(SPEECHES[genre])])[0]
    assert judgement.is_speech, judgement
    assert judgement.reason is None
    assert judgement.score >= 0.5


@pytest.mark.parametrize(("reason", "genre"), OTHERS)
def test_what_is_no_speech_is_not_taken_and_says_why(reason: str | None, genre: str) -> None:
    judgement = judge([document(OTHERS[reason, genre])])[0]
    assert not judgement.is_speech, judgement
    assert judgement.reason in REASONS
    assert judgement.score < 0.5
    if reason:
        assert judgement.reason == reason, judgement


def test_the_words_about_a_speech_on_the_page_around_it_do_not_make_one() -> None:
    links = "首页 > 领导讲话 > 正文\n{}\n相关文章：\n在全县防汛会议上的讲话\n书记在作风建设会议上的讲话\n述职述廉报告\n新年茶话会致辞"
    texts = [*SPEECHES.values(), *OTHERS.values()]
    names = [*SPEECHES, *(genre for _, genre in OTHERS)]
    judgements = judge([document(links.format(text)) for text in texts])
    taken = [name for name, judgement in zip(names, judgements, strict=True) if judgement.is_speech]
    assert taken == list(SPEECHES)


def test_the_beginnings_of_other_texts_are_not_read() -> None:
    teasers = "".join(f"• 某年春训动员会讲话稿{n}\n同志们：今天我们召开春训动员会，下面我讲三点意见，谢谢大家……[阅读全文]\n"
                      for n in range(5))
    advice = ("讲话稿怎么写\n1.讲话稿先写称谓，再写开头、主体和结尾，标题写明会议。\n"
              "2.开头交代目的，主体分几个部分。\n3.语言要通俗，要看听众是谁。")
    speech = SPEECHES["讲话"]
    texts = [f"讲话稿大全\n{teasers}{advice}", f"{teasers}{speech}", f"{speech}\n{teasers}", f"{speech}……[阅读全文]"]
    assert [judgement.is_speech for judgement in judge([document(text) for text in texts])] == [False, True, True, True]


def test_furniture_that_the_markup_shows_is_not_read() -> None:
    text = "同志们：下面，我讲三点意见。谢谢大家！同志们，今天我们召开会议。\n" + OTHERS[None, "百科"]
    plain = document(text)
    marked = Document("a.htm", "text/html", "utf-8", 0, text, layout=(Mark(0, text.index("\n"), "furniture"),))
    assert judge([plain])[0].score > 0.5 > judge([marked])[0].score


def test_what_stands_under_a_picture_names_no_paper() -> None:
    speech = SPEECHES["致辞"].replace("\n大家上午好", "\n▲茶农和茶商签订协议书\n大家上午好")
    assert judge([Document("a", "text/plain", "utf-8", 0, speech)])[0].is_speech
    assert "letter_title" not in judge([Document("a", "text/plain", "utf-8", 0, speech)])[0].features


def test_the_title_that_the_container_gives_counts() -> None:
    text = SPEECHES["没有称呼的讲话"].partition("\n")[2]
    without, with_title = judge([document(text), document(text, title="在局机关支部生活会上的讲话")])
    assert with_title.score > without.score
    assert with_title.features["title"] > 0


def test_slight_documents_are_turned_away_unread() -> None:
    judgements = judge([document(text) for text in ("", "abc", "好吃", "The quick brown fox jumps over the lazy dog. " * 9, "好" * 400)])
    assert [judgement.reason for judgement in judgements] == ["no_chinese", "no_chinese", "too_short", "no_chinese", "furniture_only"]
    assert not any(judgement.is_speech for judgement in judgements)


def test_a_decision_adds_up() -> None:
    scale = _scale()
    names = {evidence.name: evidence for evidence in scale.evidence}
    for judgement in judge([document(text) for text in SPEECHES.values()]):
        assert judgement.features == dict(sorted(judgement.features.items(), key=lambda item: (-abs(item[1]), item[0])))
        for name, found in judgement.features.items():
            assert 0 < found / names[name].weight <= 1
        assert judgement.score == pytest.approx(1 / (1 + 2.718281828459045 ** -(scale.bias + sum(judgement.features.values()))))


def test_the_lexicon_is_well_formed() -> None:
    scale = _scale()
    names = [evidence.name for evidence in scale.evidence]
    assert len(set(names)) == len(names)
    for evidence in scale.evidence:
        assert evidence.where in ("title", "opening", "closing", "sample"), evidence.name
        assert (evidence.weight < 0) == (evidence.reason is not None), evidence.name
        assert evidence.reason is None or evidence.reason in REASONS, evidence.name
        assert evidence.cues or evidence.patterns, evidence.name
        assert evidence.where != "title" or not evidence.cues, f"{evidence.name}: cues are not looked for in the title alone"
        for cue in evidence.cues:
            assert not any(letter.isspace() and letter != "\n" for letter in cue), f"{cue}: spaces are taken out before it is looked for"


def test_a_document_is_judged_alone() -> None:
    texts = [*SPEECHES.values(), *OTHERS.values()]
    together = judge([document(text) for text in texts])
    assert together[::6] == [judge([document(text)])[0] for text in texts[::6]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=4))
def test_no_text_is_too_odd(texts: list[str]) -> None:
    judgements = judge([document(text) for text in texts])
    assert len(judgements) == len(texts)
    for judgement in judgements:
        assert 0 <= judgement.score <= 1
        assert judgement.is_speech == (judgement.reason is None) == (judgement.score >= 0.5)


@ends
@pytest.mark.parametrize("line", ["同志们，", "（", "<", "第一条", "我代表", "在会上的讲话_", "。", " ", "會(huì)", "\n", "[1]"])
def test_hostile_lines_do_not_hang(line: str) -> None:
    text = line * (1_000_000 // len(line))
    assert 0 <= judge([document(text)])[0].score <= 1


def test_a_title_is_judged_without_what_the_site_adds_to_it() -> None:
    text = "下面小编为您整理了，欢迎阅读！&#12288;&#12288;各位领导：&#12288;&#12288;" \
        + "一年来，我带着全镇的干部修了三条路，办了两所学校，帮了五十户人家。" * 12
    for title in ("镇党委书记抓党建工作述职报告", "2023年镇党委书记抓党建工作述职报告(最新完整版)|公文写作大全"):
        (judgement,) = judge([Document("a.jsonl#0", "application/json", "utf-8", 1, text, metadata={"title": title})])
        assert judgement.is_speech, title


TALK = """今天把大家请到一起，说几句家常话。
我想问大家几个问题，各位回去以后自己想一想。
第一个，钥匙为什么交给你。仓库的钥匙是全村人的，交给你，是信你。
第二个，门为什么要锁。锁不住自己的手，就锁不住别人的手。"""


MINISTER = """局長向議會介紹來年工作
來源：工務局
局長今日列席議會，發言全文如下：
主席、各位議員：
今日很榮幸向議會介紹工務範疇來年的安排。過去一年，舊區的水浸黑點由九個減到四個，街坊落雨天不用再搬貨。
來年會先修三條暗渠，再換兩座泵房。工程期間交通會受影響，請街坊體諒。
主席、各位議員，以上是簡單的介紹。{last}
附件：
  工務範疇安排.pdf
下載客戶端 iOS / Android"""


def test_a_report_to_members_is_one_whatever_its_headings_and_the_page_around_it_name():
    chair = """市羽毛球協會
第三屆會員大會會務報告
會長 林嘉
各位會員、各位教練：
現在本人代表理事會向大會報告一年的會務，請各位審議。
（一）比賽成績
全年參賽十二次，青年隊拿了三面獎牌。
（二）來年計劃
來年先修繕體育館的地板，再開辦暑期班。
各位會員，本報告請大會通過。"""
    found = judge([document(chair)])[0]
    assert found.is_speech and "own_title" not in found.features
    assert judge([document(MINISTER.format(last="多謝。"))])[0].is_speech
    plan = """（2024）年度工作計劃
（一）比賽安排
全年參賽十二次，力爭拿三面獎牌。教練組每月檢查一次訓練記錄。
（二）場地
先修繕體育館的地板，再開辦暑期班。經費由協會負擔，不足的部分向會員募集。"""
    found = judge([document(plan)])[0]
    assert not found.is_speech and "own_title" in found.features


def test_pictographs_hide_no_title_and_the_end_of_a_short_document_is_read():
    said = """河邊里重陽聯誼活動 里長 王嘉 致詞👴🎂
各位伯伯、各位阿姨,大家早!
今天重陽節,廚房煮了紅豆湯,每人一碗。住在巷尾的陳伯伯九十五歲,他說,走得動就要自己來拿。
巷口的路燈下個月換新。冬天洗澡要開窗。祝各位長輩身體健康!"""
    found = judge([document(said)])[0]
    assert found.is_speech and {"title", "closes"} <= found.features.keys()
    post = """大家來吃重陽糕👴🎂
里辦公室煮了紅豆湯,每人一碗。住在巷尾的陳伯伯九十五歲,他說,走得動就要自己來拿。
巷口的路燈下個月換新。冬天洗澡要開窗。祝長輩身體健康!歡迎留言分享,按讚追蹤我們的粉絲專頁。"""
    assert not judge([document(post)])[0].is_speech


def test_what_a_catalogue_says_speaks_for_a_speech():
    def score(**metadata):
        text = f"在保管员集体谈话会上的讲话\n{TALK}"
        return judge([Document("a.md", "text/markdown", "utf-8", 0, text, metadata=metadata)])[0].score

    assert score(category="领导讲话、廉政") > score(category="新闻动态") == score()
    assert score(speaker="王某某") > score()


def test_a_catalogue_alone_makes_no_speech():
    news = "近日，某县组织开展秋收检查。据了解，全县已收割水稻三十万亩。县农业局负责人表示，将继续加强服务。检查组一行还走访了农户。"
    filed = {"category": "领导讲话", "title": "某县开展秋收检查"}
    assert not judge([Document("a.md", "text/markdown", "utf-8", 0, news * 2, metadata=filed)])[0].is_speech


def test_a_report_of_a_paper_that_names_a_report_in_its_headline_is_news():
    head = "江城县人代会隆重开幕 县长林书平作政府工作报告\n2024-01-10 来源：江城报\n"
    news = ("本报讯（记者 周文 通讯员 李大山）1月9日上午，江城县第五届人民代表大会第三次会议开幕，"
            "县长林书平代表县人民政府向大会作政府工作报告。\n"
            "林书平在报告中说，过去一年我们种了三万亩树，修了十里渠。今年要抓好造林、修渠、办学三件大事，请予审议的还有十件实事。\n"
            "“同志们，我们要把山种绿，把水引来。”读到这里，会场响起掌声。代表们认为，报告实事求是，催人奋进。\n")
    speech = ("各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n过去一年，我们种了三万亩树，修了十里渠，办了三所学校。\n"
              "今年，我们要把山种绿，把水引来，把学校办好。各位代表，让我们一起努力！\n")
    whole = head + news.split("\n")[0] + "\n" + speech
    assert [(each.is_speech, each.reason) for each in judge([document(head + news), document(whole)])] == [(False, "news"), (True, None)]


def test_readings_behind_every_character_are_left_away_before_a_page_is_judged():
    from pypinyin import Style, pinyin

    text = ("畢業典禮校長致詞\n各位老師、各位同學，大家早：\n今天是畢業的日子，校長想送給大家一句話，做事要有始有終，做人要守信用。\n"
            "圖書館整修了一個暑假，添了新書，歡迎你們常常回來看看。\n祝大家平安快樂！")
    spelt = "".join(char + f"({pinyin(char, style=Style.BOPOMOFO)[0][0]})" * ("\u4e00" <= char <= "\u9fff") for char in text)
    assert [judgement.is_speech for judgement in judge([Document("a.txt", "text/plain", "utf-8", 1, spelt)])] == [True]


def test_hearers_are_no_addressees_of_a_letter_and_the_many_are_nobody_who_is_quoted():
    speech = ("在政协会议上的讲话\n{}\n会议开了三天，我旁听了两个小组，记了半本子。借这个机会，我作一个回应。\n"
              "{}，早市收得太早。我们查过了，是这样，下月起改到十点。\n请大家继续监督。")
    score = [judge([Document("a.csv", "text/csv", "utf-8", 0, speech.format(*words))])[0].score for words in (
        ("各位委员，同志们：", "委员们说"), ("同志们：", "大家提出"), ("各县人民政府，各部门：", "李某某说"))]
    assert score[0] > 0.9 and score[1] > 0.9 and score[2] < 0.5


def test_stops_of_half_width_katakana_end_sentences():
    speech = SPEECHES["讲话"].replace("。", "｡").replace("、", "､")
    assert [judgement.is_speech for judgement in judge([document(speech)])] == [True]


def test_a_lesson_that_a_library_shows_line_by_line_and_breaks_off_is_one():
    shown = ("首页 > 党团工作\n磨刀不误砍柴工（党课讲稿）.docx\n上传人：山里人 格式：DOCX 页数：7\n"
             "同志们：\n按照支部的安排，今天由我给大家\n讲一堂党课，题目是《磨刀不误砍柴工》。我是林业战线上的老\n兵，想从三个方面同大家交流。\n一、先磨刀\n"
             "砍柴的人都知道，刀钝了，力气再大也白费。对\n党员来说，学习就是磨刀，一天不磨就\n1/7\n"
             "剩余4页未读，继续阅读\n试读已结束，开通VIP可查看全文并下载\n声明：本站文档由用户上传，如有侵权请联系客服删除")
    assert judge([document(shown)])[0].score > 0.9
    news = "全县党课比赛收官\n选手们从三个方面讲党课。评委王某说，这次比赛很好。本报记者 李某"
    assert not judge([document(news + "。大家都说好，明年再来。记者了解到，比赛共有三十人参加。" * 2)])[0].is_speech


def test_a_lecture_that_addresses_nobody_is_told_by_its_title_and_what_is_written_on_lectures_is_none():
    said = ("总书记指出，栽树要栽到老百姓的心里。林业站的老党员年年上山，图的就是给后人留一片荫凉。\n"
            "一、从老林场的历史里找根\n五十年前，这里是一片荒坡，三十个党员带着干粮上了山，住窝棚，喝雪水。\n"
            "二、从今天的林子里看路\n林子有了，路怎么走？答案在林农的账本上，在山里的水声里。\n")
    for title in ("第1篇：2021年支部书记党课讲稿", "2021年度专题党课：从老林场的历史里找上山的路", "护林站专题党课讲稿（精选文档）"):
        assert judge([document(f"{title}\n{said}")])[0].is_speech
    news = ("书记讲专题党课：山里来了宣讲队\n近日，某县书记到护林站讲党课。他指出，栽树要栽到心里。"
            "站长表示，讲得好。会议由副县长主持并讲话。\n")
    essay = "党课讲稿怎么写\n写党课讲稿，先要定题目。题目要小，道理要深。其次要选材料，材料要新。最后要练口才，讲起来才不乱。\n"
    notes = "听党课的心得体会\n昨天听了一堂党课，很受教育。老党员的故事让人难忘。今后要像他们一样，把山守好，把树管好。\n"
    assert not any(judgement.is_speech for judgement in judge([document(text * 2) for text in (news, essay, notes, said)]))


def test_who_announces_points_below_the_title_of_a_speech_gives_it_whoever_spoke_before():
    said = ("镇长在护林电视会议结束后的讲话\n刚才，全县开了护林电视会。会上，县长、站长分别作了讲话，县长强调，要把山守好。"
            "下面，我再讲四点意见。一、看清形势，山上的草已经干透了。二、各守其责，谁的山头谁看牢。\n")
    told = ("镇长在护林会上发表讲话\n近日，全县开了护林电视会。会上，县长、站长分别作了讲话，县长强调，要把山守好。"
            "镇长就落实会议精神讲了四点意见：一是看清形势，二是各守其责。出席会议并讲话的还有副县长。\n")
    assert [judgement.is_speech for judgement in judge([document(said), document(told)])] == [True, False]


def test_the_first_sentence_of_a_speech_is_one_where_it_addresses_its_hearers():
    first = ("在全县护林工作会议上的讲话同志们：今天，我们在这里召开全县护林工作会议，主要任务是总结去年的工作，部署今年的任务，"
             "动员大家把山守好，把火防住，把水留下，让老百姓过一个安稳的年。参加今天会议的有各乡镇长和护林站的...")
    links = "县护林工作会议讲话汇编，镇长发言材料汇总，村支书党课讲稿选登，站长述职报告大全，护林员演讲比赛稿件，小学开学典礼致辞范文。" * 2
    assert [judgement.is_speech for judgement in judge([document(first), document(links.replace("。", "") + "。")])] == [True, False]


def test_a_guest_who_says_that_he_is_glad_to_be_there_speaks():
    said = ("把握机遇 开出新路\n我很荣幸应邀出席今晚这个盛会。\n商会办了六十年，帮过许多人。我希望商会今后办得更好。\n"
            "各位来宾，明年是商会的大年，会馆要翻修，学堂要扩建，大家都出一把力。\n")
    told = "“我很荣幸出席今晚的盛会。”会长说。\n商会办了六十年，帮过许多人。据了解，明年会馆要翻修，学堂要扩建。\n"
    assert [judgement.is_speech for judgement in judge([document(said), document(told * 2)])] == [True, False]


def test_headings_about_a_method_or_about_reading_something_name_no_paper():
    said = ("读懂老林场人的心\n林业站　王大山\n各位同事：\n来站里三年，我一边学一边干，说几点体会。\n一、读懂“栽”与“管”的辩证法\n"
            "树是栽出来的，更是管出来的，这个道理我是去年旱天里才明白的。\n二、读懂林农的脾气\n他们不爱听空话，你先下地，他才开口。\n"
            "以上体会，请大家指正。")
    of_paper = ("读懂县政府工作报告\n一图看清今年要办的事：栽树、修路、办学。记者从会上获悉，共有十件。\n"
                "县护林防火办法\n第一条　为了护林，制定本办法。")
    assert [judgement.is_speech for judgement in judge([document(said), document(of_paper)])] == [True, False]


_LESSON = """一、标题的写法
标题一般由单位、事由和文种组成。标题用小标宋体，正文用3号仿宋，称谓顶格书写。
二、正文的写法
讲话稿的正文一般分为三部分，开头说缘由，中间说任务，结尾提希望。
三、结尾的写法
结尾要有力量，不要拖泥带水。
"""


def test_a_handbook_with_a_model_text_is_none_and_a_lecture_on_writing_is_one():
    handbook = "讲话材料的格式与写法（附样本）\n讲话材料是常见的一种公文，这里从结构和语言作个介绍，供起草的人参考，"
    handbook += "也供初学的人照着练。" * 60 + f"\n{_LESSON}"
    handbook += "附：样本\n同志们：\n今天我们召开××会议。下面，我讲×点意见。同志们，让我们共同努力！谢谢大家。\n"
    openings = "年会讲话稿开场怎么写\n常有朋友问小编，开场的几句话该如何落笔。" + "今天就给大家介绍介绍。" * 20
    openings += "\n一、直入正题\n例如：“同志们：今天我们开会，安排工作。”这种写法省事。\n"
    openings += "二、先说感谢\n例如：“各位来宾：刚才几位的话让我很感动。下面我讲三点意见。”这种写法亲切。\n"
    lecture = f"同志们：\n今天这堂课，我和大家聊聊怎样写材料。刚才主持人讲了安排，下面我讲三点体会。\n{_LESSON}我就讲这些，谢谢大家！\n"
    found = judge([Document("a.txt", "text/plain", "utf-8", 0, text)
                   for text in (handbook, openings, lecture, f"在写作班上的讲话\n{lecture}")])
    assert [each.is_speech for each in found] == [False, False, True, True] and found[0].reason == found[1].reason == "essay"
    blanks = "会议主持词怎么写？——附一份空白模板\n新来的同事常问，主持词该从哪里下笔？这里说一说。\n一、主持词的结构\n"
    blanks += "主持词一般由标题、称谓、开场白、正文和结束语构成。\n二、写作要领\n1. 短。主持词不抢戏。\n三、空白模板\n同志们：\n"
    blanks += "今天我们召开______会议，主要任务是______。\n"
    blanks += "首先，请______同志讲话，大家欢迎。\n刚才，______同志作了讲话，讲得很好，请大家认真领会，抓好落实。\n"
    lesson = f"会议主持词怎么写？\n2021年3月5日\n同志们：\n{blanks.partition(chr(10))[2].replace('同志们：', '')}谢谢大家！"
    found = judge([Document("a.txt", "text/plain", "utf-8", 0, text) for text in (blanks, lesson)])
    assert not found[0].is_speech and found[0].reason == "essay" and found[1].is_speech
    taught = "新人手册　怎样替领导起草讲话稿\n开头可以这样：“同志们：今天我们召开大会，主要任务是……”\n"
    taught += "“刚才，各镇作了发言。下面，我讲三点意见。”\n"
    taught += "结尾要短：“同志们，让我们共同努力，夺取新的胜利！”称呼后面用冒号，有外宾时由尊到卑。引文查原书，次序要背下来。\n" * 3
    found = judge([Document("a.txt", "text/plain", "utf-8", 0, text) for text in (taught, f"同志们：\n{taught}谢谢大家！")])
    assert not found[0].is_speech and found[0].reason == "essay" and found[1].is_speech


GOODS = """讲稿小铺　购物车(2)　我的店铺
各类讲话稿打包出售
同志们，开会前一晚还在发愁稿子吗？本铺备有成稿，下单后发到邮箱，虚拟商品一经售出不退不换。
在镇春耕动员会上的讲话　8页　￥4.00　已售31
书记在党员大会上的讲话　11页　￥6.00　已售78
年会总经理致辞　3页　￥2.50　已售12
如有疑问请联系客服。
"""


def test_a_shop_that_calls_out_to_comrades_is_none_and_one_that_opens_is_spoken_at():
    opened = "在合作社网店开业仪式上的致辞\n各位乡亲、各位来宾：\n大家上午好！今天，我们合作社的网店开业了。" \
        "从今往后，乡亲们的核桃不用等人上门来收，城里人在手机上看中了，放进购物车，付款后当天就能发货。" \
        "头一个月已售八百斤，价钱比往年高出两成。坏了的、少了的，一律无理由退。\n" \
        "乡亲们，牌子是大家的，谁也不许往里掺陈货。祝大家生意兴隆，谢谢大家！\n"
    around = f"购物车(0)　￥3.00　立即购买\n{SPEECHES['致辞']}\n立即购买"
    sold, spoken, offered = judge([document(each) for each in (GOODS, opened, around)])
    assert not sold.is_speech and sold.reason == "list_of_titles"
    assert spoken.is_speech and offered.is_speech


LISTED = ["领导讲话", "归档：领导讲话"] + [part for n in range(1, 6) for part in (
    f"会长在第{n}届茶艺节开幕式上的致辞", f"2019-0{n}-11", "各位来宾、各位茶友：大家好！我谨代表茶艺协会，向朋友们表示热烈的欢迎{}")]


@pytest.mark.parametrize("rest", ["[…] 继续阅读 →", "……阅读更多 »", "...", "[…]", "……", "… Read More", "，\n\n[查看详细]"])
def test_a_list_of_speeches_that_break_off_is_none(rest: str) -> None:
    assert not judge([document("\n".join(LISTED).replace("{}", rest))])[0].is_speech


def test_a_speech_whose_paragraphs_trail_off_is_one() -> None:
    trailing = "那年冬天，师傅背着一袋茶籽上了山……\n后来的事情，在座的各位都看见了……\n山还是那座山，人已经不在了……\n"
    speech = SPEECHES["致辞"].replace("我县种茶", f"{trailing}我县种茶")
    assert judge([document(speech)])[0].is_speech


def test_a_recorded_talk_in_plain_words_is_one() -> None:
    talk = ("录音文件：护林员培训.m4a\n\n说话人1  00:00:02\n好，咱们现在开会啊，后排的往前坐一坐。\n\n说话人1  00:00:20\n"
            "我先讲两句心里话。护林这个活不好干，这个我清楚，我自己就是从护林员干起来的。有个老组长跟我说，林子比家还熟，这个我信。\n\n"
            "说话人1  00:01:10\n另外说一件具体的事，就是下个月的防火检查。人手不够的，跟站里打招呼，我去协调。\n\n"
            "说话人1  00:02:00\n行，我就说这么多。下面请林业站的老师给大家讲业务，大家鼓掌欢迎。\n")
    assert judge([document(talk)])[0].is_speech


def test_an_answer_that_discusses_a_speech_line_by_line_is_none_and_a_speech_sent_on_is_one() -> None:
    head = "From: \"shanxi\" <a@example.net>\nSubject: {}\nDate: Thu, 13 Jun 2002 22:41:07 +0800\n\n"
    answer = ("> 同志们，修渠的钱六月底以前必须收齐……\n\n口气不小。可是我想问一句，麦子还没有晒干，拿什么交？我们村今年收成不好，"
              "一亩地剩不下几十块钱。大家算一算，账不是这样算的。\n\n> 对不交钱的，要采取措施。\n\n"
              "什么叫措施？去年的措施就是牵羊扒粮。说他开明，我看不出来开明在哪里。与其研究讲话里用了几个必须，不如去村里看一看。\n")
    speech = "\n".join(f"> {line}" for line in SPEECHES["讲话"].split("\n"))
    found = judge([document(head.format("Re: 转贴：县长在修渠会上的讲话") + answer),
                   document(head.format("Fw: 转贴：县长在收购会上的讲话") + "请看。\n\n" + speech)])
    assert [each.is_speech for each in found] == [False, True]
    said = {"author": "shanxi", "date": "2002-06-13T22:41:07+08:00", "title": "县长在修渠会上的讲话"}    # the head of a mail
    found = judge([Document("a.eml", "text/plain", "utf-8", 0, text, None, said) for text in (answer, "请看。\n\n" + speech)])
    assert [each.is_speech for each in found] == [False, True]


CIVIL = {
    "temple": """在观音殿重光典礼上的致辞
住持　释明远
各位法师、各位居士大德：
时值初冬，山色如画。观音殿历经三年修缮，今日重光。工匠们住在半山腰的板房，冬天水管冻住了，就化雪煮饭。
本寺感恩十方善信的发心。今后早晚功课不可废，账目每季张榜。祝各位六时吉祥！""",
    "church": """在圣诞感恩聚会上的讲话
弟兄姊妹平安：
一年又到了末了。今年我们送走了七位老人，也有五个孩子受了洗。
上个月王家的房子漏雨，几位弟兄没等人开口，就扛着梯子去了。爱不是挂在嘴上的，是扛在肩上的。""",
    "club": """社长在棋社成立三十周年茶话会上的讲话
各位棋友：
三十年前的今天，七个人在桥洞底下摆了一副棋，这就是咱们棋社的由来。
老周头上个月走了，他的那副棋子，家里人送到了社里，今天就摆在桌上。好了，开局吧！""",
    "foundation": """在春苗基金会答谢会上的致辞
各位捐赠人、各位志愿者：
晚上好！去年我们收到一千四百笔捐款，最小的一笔是六块五毛钱，来自一位拾荒的老伯。
每一分钱花到哪里，都贴在墙上，欢迎大家来查。""",
}
NO_SPEECHES_OF_THEIRS = {
    "notice": """关于举办冬季禅修营的通知
各位善信：
为方便居士修学，本寺定于腊月初一至初七举办禅修营。报名截止十一月二十日，名额四十人。
请自备宽松衣物，手机统一保管。报名请到客堂登记。阿弥陀佛！""",
    "history": """古寺简介
本寺坐落于城南三里，始建于唐贞观年间，历代屡有兴废。现存山门、天王殿等建筑。
寺内有银杏两株，秋日金黄满地，为游人所爱。开放时间为每日六时至十七时，免费参观，请勿高香。""",
}


@pytest.mark.parametrize("kind", CIVIL)
def test_a_speech_of_civil_life_is_taken(kind: str) -> None:
    assert judge([document(CIVIL[kind])])[0].is_speech


@pytest.mark.parametrize("kind", NO_SPEECHES_OF_THEIRS)
def test_a_paper_of_civil_life_is_not(kind: str) -> None:
    assert not judge([document(NO_SPEECHES_OF_THEIRS[kind])])[0].is_speech


def test_a_speech_beside_lists_that_offer_more_is_one() -> None:
    lists = "".join(f"茶园消息{n}：今年的春茶比往年早了整整十天，价格也好，茶农们都很高兴\n{more}\n"
                    for n, more in enumerate(["更多", "更多>>", "详情"] * 2))
    assert judge([document(f"{SPEECHES['致辞']}\n{lists}")])[0].is_speech
    assert judge([document(SPEECHES["致辞"] + "\n[阅读全文]" * 3)])[0].is_speech


@pytest.mark.parametrize("glued", ["在春耕工作会议上的讲话春耕工作今日召开全县春耕会", "毕业班家长会讲话稿各位家长晚上好！"])
def test_a_title_to_which_the_first_words_were_glued_is_one(glued: str) -> None:
    said = "我讲三点看法：一、把种子备足。地里的事情等不得，误了一季就是误了一年。二、把农机修好。哪家没有机器，村里先借给哪家。"
    (plain,) = judge([document(said)])
    (titled,) = judge([document(f"{glued}，{said}")])
    assert titled.score > plain.score
    (told,) = judge([document(f"全县干部认真学习书记在春耕工作会议上的讲话精神，今天召开了座谈会，{said}")])
    assert "title" not in told.features


def test_a_village_a_press_officer_and_a_schoolbook() -> None:
    village = ("在村民大会上的讲话\n老少爷们儿，婶子大娘们：\n喇叭喊了两遍，人到齐了，咱就开始掰扯。河边那条路要垫高，一户出一个工。\n"
               "谁家的柴火占着道，自个儿挪开。中了，散了吧，各家领东西去。")
    officer = ("春运保障新闻发布会\n各位记者朋友，女士们、先生们：\n上午好！下面，我先用几分钟时间，向大家通报春运的准备情况。\n"
               "今年全市加开客车三百班，车站都装上了暖气。情况先介绍到这里，下面我愿意回答大家的提问。")
    lesson = ("第三单元　演讲稿\n【学习目标】\n1. 了解演讲稿的结构。\n【阅读材料】\n“尊敬的老师、亲爱的同学们：大家好！今天我站在这里，"
              "我想请问大家一个问题：谁给图书角捐过书？谢谢大家！”\n【课堂练习】\n一、填空题（每空2分，共8分）\n（1）称呼要单独成行。\n二、改错题\n"
              "同志们，首先，我代表学校，向大家致以问候，下面我讲三点意见。\n【参考答案】\n一、略。")
    assert [judgement.is_speech for judgement in judge([document(text) for text in (village, officer, lesson)])] == [True, True, False]
