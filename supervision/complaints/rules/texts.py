"""The text of a complaint without the people in it: who complained is nobody's business but the handling department's (个人信息保护法). Pure.

Phones, numbers of identity, cards and addresses are found by the scanner that every published text passes; a name in running text is found by what
stands around it: “投诉人张某某”, “李某某先生”, “联系人：王某”.
"""

from __future__ import annotations

import re

from records.identifiers import personal
from records.identifiers.names import COMPOUND_SURNAMES

_WHO = (
    "投诉人|举报人|消费者|反映人|来电人|联系人|当事人|姓名|顾客|客户|患者|学员|家长|会员|收件人|购买人|业主|我叫|本人"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范金石廖贾夏韦付方"
    "邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施文牛葛伍齐庄倪鲁岳翟申关樊欧"
)
_SURNAME = f"(?:{'|'.join(sorted(COMPOUND_SURNAMES))}|[{_SURNAMES}])"
_NAME = rf"{_SURNAME}[一-鿿*＊×]{{1,2}}?"
_AFTER = r"(?=[，,。；;、：:（(\s\d]|于|在|向|称|反映|投诉|的|与|和|到|致电|来电|表示|要求|购买|认为|先生|女士|小姐|同志|手机|电话|联系|身份|住|$)"
_LABELLED = re.compile(rf"({_WHO})(\s*[:：]?\s*(?:是|为|叫)?\s*){_NAME}{_AFTER}")
_TITLED = re.compile(rf"{_SURNAME}[一-鿿*＊×]{{0,2}}?(先生|女士|小姐|同志|师傅)")
_PHONE = re.compile(r"\d{3}\*{4}\d{4}")
"""What the scanner leaves of a mobile number; of who complained not even that."""


def without_people(text: str) -> str:
    """The text with names, phones, numbers of identity, accounts and addresses taken out; who is spoken of stays as a role (投诉人, 先生)."""
    text = _LABELLED.sub(r"\1", text)
    text = _TITLED.sub(r"某\1", text)
    return _PHONE.sub("******", personal.mask_text(text))
