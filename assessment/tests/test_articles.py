"""Articles: plain text with few marks, nothing of it is markup; the public reads what a second person has checked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessment.articles.rules import Block, Piece, blocks
from assessment.tests.factories import article_in, plan, take_article
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.errors import Forbidden, Refused


def test_marks_become_blocks():
    assert blocks("第一行\n第二行\n\n## 标题\n- 甲\n- [乙](/repair/)丙") == [
        Block("paragraph", ((Piece("第一行"),), (Piece("第二行"),))),
        Block("heading", ((Piece("标题"),),)),
        Block("list", ((Piece("甲"),), (Piece("乙", "/repair/"), Piece("丙")))),
    ]
    assert blocks(" \n\n") == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//evil"])
def test_a_link_leads_to_a_page_or_is_no_link(url):
    (block,) = blocks(f"[点这里]({url})")
    assert block.lines == ((Piece(f"[点这里]({url})"),),)


@pytest.mark.django_db
def test_the_public_reads_what_is_published(client):
    plan()
    row = article_in("published", title="公示期怎样计算", text="<script>alert(1)</script>\n\n- [修复](/repair/)")
    article_in("proposed", title="还没有审核的文章")
    listed = client.get(reverse("assessment:articles")).content.decode()
    assert "公示期怎样计算" in listed
    assert "还没有审核的文章" not in listed
    page = client.get(reverse("assessment:article", args=[row.pk])).content.decode()
    assert "<script>alert" not in page
    assert '<a href="/repair/">修复</a>' in page
    assert "公示期怎样计算" in client.get(reverse("assessment:plan")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "status"), [("drafted", 404), ("proposed", 404), ("withdrawn", 410)])
def test_what_is_not_published_is_not_read(client, state, status):
    row = article_in(state, text="内部讨论的正文。")
    answer = client.get(reverse("assessment:article", args=[row.pk]))
    assert answer.status_code == status
    assert "内部讨论的正文。" not in answer.content.decode()


@pytest.mark.django_db
def test_a_policy_names_its_source_and_a_department_publishes_nothing():
    with pytest.raises(Refused) as refused:
        article_in("drafted", kind="policy")
    assert refused.value.findings[0].rule == "article.source"
    writer = ReviewerFactory()
    case = take_article(article_in("drafted", by=writer), "propose", by=writer)
    with pytest.raises(Forbidden):
        take_article(case, "publish", by=ReviewerFactory(department=writer.department))
