"""Mails and mailboxes: what the header says, which body is read, and what is attached."""

from __future__ import annotations

import base64
import io
import quopri
from email.message import EmailMessage

import pytest

from flows.ingest import containers, mails
from flows.ingest.documents import Document
from flows.ingest.limits import Limits
from tests.ingest.hostile import zipped
from tests.ingest.test_sources import everything, put

LINES = ["各位乡亲：", "水渠今天通水，我代表村委会谢谢大家。", "修渠的四十天里，没有一户人家落在后面，这件事要写进村史。",
         "祝大家今年有个好收成！"]
TEXT = "\n".join(LINES)
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"
TITLE = "在柳溪村水渠通水仪式上的讲话"


def header(subject: str = TITLE, codec: str = "gb2312", **fields: str) -> bytes:
    def word(words: str) -> str:
        return f"=?{codec}?B?{base64.b64encode(words.encode(codec)).decode()}?="

    said = {"Received": "from a.example by b.example; Mon, 4 Mar 2019 09:00:00 +0800", "Date": "Mon, 4 Mar 2019 09:00:00 +0800",
            "From": f"{word('柳溪村委会')} <cun@liuxi.example>", "Subject": word(subject), "MIME-Version": "1.0", **fields}
    return "".join(f"{name}: {value}\n" for name, value in said.items()).encode()


def both(plain: str = TEXT, page: str = PAGE) -> bytes:
    """A mail whose text stands in it twice, as programs send it."""
    return (header(**{"Content-Type": 'multipart/alternative; boundary="=b"'})
            + b'\n--=b\nContent-Type: text/plain; charset="gb2312"\nContent-Transfer-Encoding: base64\n\n'
            + base64.encodebytes(plain.encode("gb18030"))
            + b'\n--=b\nContent-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: quoted-printable\n\n'
            + quopri.encodestring(page.encode("gb18030")) + b"\n--=b--\n")


def test_a_mail_is_the_page_or_the_text_that_it_holds(tmp_path):
    put(tmp_path, "a.eml", both())
    put(tmp_path, "b.eml", both(page="<html><body><p>请看纯文本。</p></body></html>").replace(b"\n", b"\r\n"))
    put(tmp_path, "1214475611.M1.host", header() + b"Content-Type: text/plain; charset=utf-8\n\n" + TEXT.encode())
    found = everything(tmp_path)
    assert [each.raw_text.replace("\r", "").strip() for each in found.values()] == [TEXT] * 3
    assert [found[name].media_type for name in ("a.eml", "b.eml")] == ["text/html", "text/plain"]
    assert found["a.eml"].metadata == {"title": TITLE, "date": "2019-03-04T09:00:00+08:00", "author": "柳溪村委会"}
    assert found["a.eml"].encoding == "gb18030"


@pytest.mark.parametrize("before", ["Re: ", "转发：", "回复: Fw：", "[Fwd] : "])
def test_what_forwarding_puts_before_the_subject_is_no_title(before):
    assert mails.mail_of(mails.parsed(header(before + TITLE))).said["title"] == TITLE


@pytest.mark.parametrize("subject", ["转变作风：在柳溪村的讲话", "回头看：在柳溪村的讲话"])
def test_words_that_begin_like_forwarding_stay(subject):
    assert mails.mail_of(mails.parsed(header(subject))).said["title"] == subject


def test_headers_that_are_not_as_they_should_be():
    raw = header().partition(b"Subject")[0] + b"Subject: " + TITLE.encode("gb18030") + b"\n\n"
    assert mails.mail_of(mails.parsed(raw)).said["title"] == TITLE
    odd = mails.parsed(b"Subject: =?x-none?B?5byg?=\nDate: no day\nFrom: =?utf-8?q?=E5=BC\n\nx")
    assert "date" not in mails.mail_of(odd).said
    late = mails.mail_of(mails.parsed(b"Date: Mon, 4 Mar 2019 18:00:00 +0000\n\nx"))
    assert late.said["date"].startswith("2019-03-05")       # in China it is the next day already


def test_lines_that_flow_are_joined_again():
    flowed = b"Content-Type: text/plain; format=flowed; delsp=yes\n\n" + "今天 \n通水\n谢谢\n-- \n村委会".encode()
    body = mails.mail_of(mails.parsed(flowed)).plain
    assert body is not None and body.data.decode() == "今天通水\n谢谢\n-- \n村委会"


def test_what_is_attached_is_read_as_members_of_an_archive_are_named(tmp_path):
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "材料", "a@b.example", "Mon, 04 Mar 2019 09:00:00 +0800"
    mail.set_content("请查收附件。")
    mail.add_attachment(TEXT.encode(), maintype="application", subtype="octet-stream", filename="通水讲话.txt")
    mail.add_attachment(zipped({"甲.txt": TEXT.encode()}), maintype="application", subtype="zip", filename="..\\..\\全部.zip")
    mail.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="7")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    mail.add_attachment(picture, maintype="image", subtype="png", filename="logo.png", cid="<1>", disposition="inline")
    mail.add_attachment(mails.parsed(both()), filename="原信.eml")
    put(tmp_path, "a.eml", mail.as_bytes())
    found = everything(tmp_path)
    assert list(found) == ["a.eml", "a.eml#通水讲话.txt", "a.eml#全部.zip#甲.txt", "a.eml#attachment.7", "a.eml#原信.eml"]
    assert all(isinstance(each, Document) for each in found.values())
    assert found["a.eml#原信.eml"].metadata["title"] == TITLE and "title" not in found["a.eml#通水讲话.txt"].metadata


def test_a_mailbox_gives_a_document_a_mail(tmp_path):
    line = b"From cun@liuxi.example Mon Mar  4 09:00:00 2019\n"
    first = header(codec="utf-8") + b"Content-Type: text/plain; charset=utf-8\n\n" + f"{TEXT}\n>From 2019 on\nFrom here on\n\n".encode()
    put(tmp_path, "收件箱", line + first + line + both() + b"\n" + line + header() + b"\n\n")
    found = everything(tmp_path)
    assert list(found) == ["收件箱#0", "收件箱#1", "收件箱#2"]
    assert found["收件箱#0"].raw_text == f"{TEXT}\nFrom 2019 on\nFrom here on\n\n"
    assert found["收件箱#1"].raw_text == TEXT and found["收件箱#2"].reason == "empty"


def test_a_mail_that_is_too_long_costs_itself():
    line = b"From a@b.example Mon Mar  4 09:00:00 2019\n"
    told = list(mails.in_mailbox(io.BytesIO(line + b"Subject: a\n\n" + b"x" * 500 + b"\n\n" + line + b"Subject: b\n\ny\n"), 100))
    assert [getattr(each, "reason", each) for each in told] == ["too_large", b"Subject: b\n\ny\n"]


@pytest.mark.parametrize("text", [
    "Title: 通水\nDate: 2019-03-04\nFrom: 村委会\n\n各位乡亲：\n",      # what a converter puts above a text
    "From 9:30 on, 2019 was a good year\n各位乡亲：\n",
    "From: 村委会\nTo: 各户\n通水以后，请各户看好水口。\n",
])
def test_texts_that_begin_like_mails_are_texts(text):
    assert containers.kind_of(text.encode(), "a.txt") == "text"


def test_mails_that_are_made_to_do_harm(tmp_path):
    deep = header(**{"Content-Type": 'multipart/mixed; boundary="0"'}) + b"\n"
    for level in range(3000):
        deep += b'--%d\nContent-Type: multipart/mixed; boundary="%d"\n\n' % (level, level + 1)
    put(tmp_path, "deep.eml", deep)
    within = both()
    for _ in range(6):
        within = header(**{"Content-Type": "message/rfc822"}) + b"\n" + within
    put(tmp_path, "within.eml", within)
    put(tmp_path, "sealed.eml", header(**{"Content-Type": "application/pkcs7-mime; name=smime.p7m"}) + b"\nMIAG\n")
    found = everything(tmp_path, limits=Limits(depth=2))
    assert found["deep.eml"].reason in ("broken_container", "empty") and found["sealed.eml"].reason == "encrypted"
    assert [each.reason for path, each in found.items() if path.startswith("within")] == ["archive_limit"]
