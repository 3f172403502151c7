"""The verb of an order: known to the lexicon of work, or the verb with which the order begins."""

from __future__ import annotations

import pytest

from pipeline.extract.directives.actions import action, of_passages


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        pytest.param("Tiếp tục tuyên truyền nghị quyết.", "tuyên truyền", id="past a manner"),
        pytest.param("Giao Sở Nội vụ xây dựng kế hoạch.", "xây dựng", id="past the order"),
        pytest.param("Rà soát kho, đề nghị Sở Nội vụ sửa chữa.", "rà soát", id="its own work before what it asks for"),
        pytest.param("Nhận được thư này, đề nghị các phòng kiểm tra kho.", "kiểm tra", id="a letter's receipt aside"),
        pytest.param(
            "Trưởng phòng Thi đua - Khen thưởng báo cáo kết quả.", "báo cáo", id="no verb behind a name's dash"
        ),
        pytest.param("Quyết định này có hiệu lực kể từ ngày ký.", None, id="a day of signing"),
        pytest.param("Tập thể: 600.000 đồng.", None, id="none"),
        pytest.param("Lưu giữ hồ sơ kho, báo cáo khi cần.", "lưu giữ", id="unknown to the lexicon"),
        pytest.param("Từ chối đơn không đúng mẫu theo quy định.", "từ chối", id="before a verb that is known"),
        pytest.param("Tiến hành kiểm tra kho hàng.", "kiểm tra", id="a verb that orders nothing itself"),
        pytest.param("Đề ra các biện pháp phát huy sáng kiến.", "đề ra", id="with its particle"),
        pytest.param("Yêu cầu Phòng Vật tư cất giữ dụng cụ.", "cất giữ", id="unknown, after the one who is asked"),
        pytest.param("Hoạt động của đội kho: tổ chức trực đêm.", "tổ chức", id="a topic before a colon"),
        pytest.param("Nhận xét của tổ trưởng.", None, id="a noun that looks like a verb"),
        pytest.param("Các cơ sở ngoài công lập gửi danh sách.", "gửi", id="no verb inside a word"),
        pytest.param("Hội đồng trường xét duyệt danh sách.", "xét duyệt", id="the whole word"),
        pytest.param("Phòng vật tư giao thông.", None, id="a longer word that is no verb"),
    ],
)
def test_action(text: str, verb: str | None) -> None:
    assert action(text) == verb


@pytest.mark.parametrize(
    ("texts", "verb"),
    [
        pytest.param(["Phòng Vật tư", "Chủ động nắm số liệu, lập sổ kho."], "lập", id="below a title"),
        pytest.param(["Kiểm tra kho", "Văn phòng lập danh sách."], "kiểm tra", id="a title that orders"),
        pytest.param(["Kiểm tra kho."], "kiểm tra", id="one paragraph"),
    ],
)
def test_the_action_of_several_paragraphs(texts: list[str], verb: str) -> None:
    assert of_passages(texts) == verb
