"""The verb of an order: known to the lexicon of work, or the verb with which the order begins."""

from __future__ import annotations

import pytest

from pipeline.extract.directives.actions import action


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        pytest.param("Tiếp tục tuyên truyền nghị quyết.", "tuyên truyền", id="past a manner"),
        pytest.param("Giao Sở Nội vụ xây dựng kế hoạch.", "xây dựng", id="past the order"),
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
