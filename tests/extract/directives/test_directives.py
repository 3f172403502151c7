"""Directives: what is ordered, under which label, by when."""

from __future__ import annotations

import pytest

from pipeline.annotations import DateMention, Directive, Movement
from pipeline.document import Document, Span
from pipeline.extract import directives
from tests.drawing import document, flowing
from tests.extract.directives.reading import DIRECTORY, read


def found(doc: Document) -> list[tuple[str | None, str]]:
    """Return label and text of each directive."""
    return [(d.label, doc.view(d.span).text) for d in directives.extract(doc, DIRECTORY) if d.span]


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        pytest.param(
            "decision",
            "Điều 1. Thành lập Tổ kiểm tra.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.",
            [("Điều 1", "Thành lập Tổ kiểm tra."), ("Điều 2", "Quyết định này có hiệu lực kể từ ngày ký.")],
            id="articles",
        ),
        pytest.param(
            "decision",
            "Điều 1. Thang điểm\nKho được chấm tối đa là một trăm điểm theo thang điểm chung của Sở, bao gồm:\n"
            "1. Giữ kho sạch.\n2. Giữ kho khô.",
            [("Điều 1.1", "Giữ kho sạch."), ("Điều 1.2", "Giữ kho khô.")],
            id="a lead-in of an article that orders nothing",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng yêu cầu các phòng kiểm tra toàn bộ kho giấy của phòng mình.\n"
            "Rà soát lại giá kệ, báo cáo những giá kệ đã hỏng.\nThông tin chi tiết xin liên hệ Văn phòng Sở.",
            [
                (None, "Sở Xây dựng yêu cầu các phòng kiểm tra toàn bộ kho giấy của phòng mình."),
                (None, "Rà soát lại giá kệ, báo cáo những giá kệ đã hỏng."),
            ],
            id="a paragraph that goes on ordering, and one that tells whom to ask",
        ),
        pytest.param(
            "letter",
            "Kho giấy của Sở đã cũ.\nRà soát năm trước cho thấy nhiều giá kệ đã hỏng.",
            [],
            id="a verb begins no order where none stands above",
        ),
        pytest.param(
            "plan",
            "I. NHIỆM VỤ\nĐể kho được an toàn, yêu cầu Trưởng các phòng rà soát toàn bộ kho giấy của phòng mình.\n"
            "1. Văn phòng lập danh sách.\n2. Thanh tra kiểm tra kho.",
            [
                (None, "Để kho được an toàn, yêu cầu Trưởng các phòng rà soát toàn bộ kho giấy của phòng mình."),
                ("I.1", "Văn phòng lập danh sách."),
                ("I.2", "Thanh tra kiểm tra kho."),
            ],
            id="what is asked between a heading and its items has no label",
        ),
        pytest.param(
            "letter",
            "1. Yêu cầu Trưởng các phòng rà soát toàn bộ kho giấy của phòng mình; trong đó lưu ý:\n"
            "a) Kiểm tra giá kệ.\nb) Kiểm tra độ ẩm.\n2. Giao Văn phòng chịu trách nhiệm:\na) Lập danh sách.",
            [
                ("1", "Yêu cầu Trưởng các phòng rà soát toàn bộ kho giấy của phòng mình; trong đó lưu ý:"),
                ("1.a", "Kiểm tra giá kệ."),
                ("1.b", "Kiểm tra độ ẩm."),
                ("2.a", "Lập danh sách."),
            ],
            id="an order that goes on to what matters most in it",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng yêu cầu các phòng thực hiện các nội dung sau:\nBáo cáo về kho trước ngày 05/4/2024.",
            [(None, "Báo cáo về kho trước ngày 05/4/2024.")],
            id="a lead-in above a loose paragraph",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng đề nghị các phòng góp ý dự thảo như sau:\n- Những khó khăn về kho.\n- Đề xuất sửa đổi.",
            [
                (
                    None,
                    "Sở Xây dựng đề nghị các phòng góp ý dự thảo như sau: - Những khó khăn về kho. - Đề xuất sửa đổi.",
                )
            ],
            id="dashes that are but the particulars of what is asked",
        ),
        pytest.param(
            "plan",
            "I. NỘI DUNG\n1. Kiểm tra giá kệ.\n2. Thời gian và cách làm\n"
            "- Từ ngày 05/4/2024, các phòng có trách nhiệm tự kiểm tra kho của mình.\n- Sau đó Sở phúc tra.",
            [
                ("I.1", "Kiểm tra giá kệ."),
                (
                    "I.2",
                    "Thời gian và cách làm - Từ ngày 05/4/2024, các phòng có trách nhiệm tự kiểm tra kho của mình. "
                    "- Sau đó Sở phúc tra.",
                ),
            ],
            id="a particular whose dashes bind",
        ),
        pytest.param(
            "plan",
            "I. NỘI DUNG\n1. Kiểm tra kho:\nSTT Công việc Thời gian Người làm.\n2. Văn phòng lập danh sách kho.",
            [("I.2", "Văn phòng lập danh sách kho.")],
            id="a table read as text",
        ),
        pytest.param(
            "plan",
            "I. NỘI DUNG\n1. Kiểm tra giá kệ.\n§. Kiểm tra độ ẩm.\n3. Sửa mái kho.",
            [("I.1", "Kiểm tra giá kệ."), ("I.2", "Kiểm tra độ ẩm."), ("I.3", "Sửa mái kho.")],
            id="a misread label",
        ),
        pytest.param(
            "decision",
            "Điều 1. Phân công như sau:\n1. Văn phòng lập danh sách.\n2. Thanh tra kiểm tra.",
            [("Điều 1.1", "Văn phòng lập danh sách."), ("Điều 1.2", "Thanh tra kiểm tra.")],
            id="clauses of an article",
        ),
        pytest.param(
            "decision",
            "Điều 1. Thành lập Tổ gồm các ông, bà:\n1. Ông Lê Văn Mẫu, Tổ trưởng.\n2. Bà Trần Thị Thử, thành viên.",
            [("Điều 1", "Thành lập Tổ gồm các ông, bà: 1. Ông Lê Văn Mẫu, Tổ trưởng. 2. Bà Trần Thị Thử, thành viên.")],
            id="persons stay in their article",
        ),
        pytest.param(
            "decision",
            "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.\nQuyết định này có hiệu lực kể từ ngày ký.",
            [("Điều 3", "Chánh Văn phòng chịu trách nhiệm thi hành. Quyết định này có hiệu lực kể từ ngày ký.")],
            id="what follows the last article is its own",
        ),
        pytest.param(
            "plan",
            "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nBảo quản tốt tài liệu.\n2. Yêu cầu\n- Kiểm tra phải kỹ.\n"
            "II. NỘI DUNG\n1. Kho của sở\na) Kiểm tra giá kệ.\nb) Kiểm tra độ ẩm.\n2. Sửa chữa mái kho.",
            [("II.1.a", "Kiểm tra giá kệ."), ("II.1.b", "Kiểm tra độ ẩm."), ("II.2", "Sửa chữa mái kho.")],
            id="finest labels, without aims",
        ),
        pytest.param(
            "plan",
            "2. NỘI DUNG\n2.1. Lập danh sách kho.\n2.2. Kiểm tra kho.",
            [("2.1", "Lập danh sách kho."), ("2.2", "Kiểm tra kho.")],
            id="a label that repeats the outer number",
        ),
        pytest.param(
            "plan",
            "1. Văn phòng:\n- Lập danh sách;\n- Gửi thông báo.\n2. Thanh tra tổ chức kiểm tra.",
            [("1", "Văn phòng: - Lập danh sách; - Gửi thông báo."), ("2", "Thanh tra tổ chức kiểm tra.")],
            id="dashes belong to the item above",
        ),
        pytest.param(
            "plan",
            "1. Văn phòng lập danh sách.\nGiao Thanh tra theo dõi, báo cáo kết quả.\nTrên đây là kế hoạch của Sở.",
            [("1", "Văn phòng lập danh sách."), (None, "Giao Thanh tra theo dõi, báo cáo kết quả.")],
            id="an order after the last item stands alone",
        ),
        pytest.param(
            "letter",
            "Vừa qua, các kho đã được kiểm tra.\nSở đề nghị các phòng kiểm tra lại.\n"
            "Văn bản gửi về Sở trước ngày 05/4/2024.",
            [(None, "Sở đề nghị các phòng kiểm tra lại."), (None, "Văn bản gửi về Sở trước ngày 05/4/2024.")],
            id="unlabelled orders of a letter",
        ),
        pytest.param(
            "letter",
            "Sở yêu cầu các phòng thực hiện các nội dung sau:\n- Kiểm tra kho.\n- Báo cáo kết quả.",
            [(None, "Kiểm tra kho."), (None, "Báo cáo kết quả.")],
            id="dashes below an announcement",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng tổ chức kiểm tra kho từ ngày 05/4/2024.\nCác phòng liên hệ Văn phòng để nhận mẫu.",
            [(None, "Các phòng liên hệ Văn phòng để nhận mẫu.")],
            id="what the issuer does itself is no order",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng nhận được Công văn số 3/STC của Sở Tài chính đề nghị các Sở kiểm tra kho.\n"
            "Giám đốc Sở yêu Trưởng các phòng kiểm tra kho.",
            [(None, "Giám đốc Sở yêu Trưởng các phòng kiểm tra kho.")],
            id="what another letter asked for; a word left out",
        ),
        pytest.param(
            "report",
            "I. KẾT QUẢ\n1. Đã kiểm tra 12 kho.\nII. NHIỆM VỤ TRỌNG TÂM\n1. Tiếp tục kiểm tra kho.",
            [("II.1", "Tiếp tục kiểm tra kho.")],
            id="a report's results are no directives",
        ),
        pytest.param(
            "report",
            "Phần thứ nhất\nKẾT QUẢ NĂM QUA\n1. Tổ chức đánh giá những nhiệm vụ trọng tâm.\n"
            "Phần thứ hai\nCHƯƠNG TRÌNH CÔNG TÁC NĂM TỚI\n1. Tiếp tục kiểm tra kho.",
            [("Phần thứ hai.1", "Tiếp tục kiểm tra kho.")],
            id="parts with their titles below; past work on tasks",
        ),
        pytest.param(
            "submission",
            "1. Về hồ sơ\nHội A đã nộp đủ hồ sơ.\nSở Xây dựng kính trình Chủ tịch Ủy ban nhân dân tỉnh thông báo.",
            [(None, "Sở Xây dựng kính trình Chủ tịch Ủy ban nhân dân tỉnh thông báo.")],
            id="a closing request is no part of the last item",
        ),
        pytest.param(
            "plan",
            "1. Thời gian đăng ký: hồ sơ gửi về Văn phòng chậm nhất ngày 05/4/2024.\n2. Địa điểm: nhà kho.",
            [("1", "Thời gian đăng ký: hồ sơ gửi về Văn phòng chậm nhất ngày 05/4/2024.")],
            id="a particular that binds",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng yêu cầu:\n- Văn phòng lập danh sách kho;\n- Thanh tra kiểm tra sổ.",
            [(None, "Văn phòng lập danh sách kho;"), (None, "Thanh tra kiểm tra sổ.")],
            id="a lead-in that asks nobody by name",
        ),
        pytest.param(
            "letter",
            "Sở Xây dựng thông báo triệu tập học viên về dự khai giảng như sau:\n"
            "1. Thời gian: 8 giờ.\n2. Địa điểm: kho.",
            [(None, "Sở Xây dựng thông báo triệu tập học viên về dự khai giảng như sau:")],
            id="who is called together, with time and place below",
        ),
        pytest.param(
            "letter",
            "Hội nghị giao ban ngày 05/4/2024 đã nêu chủ trương này.\n"
            "Ngày 06/4/2024, Sở Xây dựng ban hành Công văn số 9/SXD-VP yêu cầu gửi báo cáo trước ngày 09/4/2024.\n"
            "Rất mong các phòng sắp xếp đến dự.",
            [(None, "Rất mong các phòng sắp xếp đến dự.")],
            id="briefings and past letters are no orders, a polite request is",
        ),
        pytest.param(
            "decision",
            "Điều 1. Khoản 2 Điều 5 được sửa đổi như sau:\n“2. Nguyên tắc:\na) Kịp thời;\nb) Công bằng.”\n"
            "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
            [
                ("Điều 1", "Khoản 2 Điều 5 được sửa đổi như sau: “2. Nguyên tắc: a) Kịp thời; b) Công bằng.”"),
                ("Điều 2", "Quyết định này có hiệu lực kể từ ngày ký."),
            ],
            id="items of a new wording are text",
        ),
        pytest.param(
            "submission",
            "1. Hiện có 12 kho.\n"
            "2. Sở Xây dựng kính trình Ủy ban nhân dân tỉnh các nội dung sau:\na) Phê duyệt danh sách kho.",
            [("2.a", "Phê duyệt danh sách kho.")],
            id="what a submission asks for",
        ),
        pytest.param(
            "invitation",
            "1. Thời gian: 8 giờ.\n2. Địa điểm: phòng họp.\nĐề nghị các phòng cử người tham dự.",
            [(None, "Đề nghị các phòng cử người tham dự.")],
            id="an invitation's particulars are no directives",
        ),
    ],
)
def test_directives(kind: str, body: str, expected: list[tuple[str | None, str]]) -> None:
    assert found(read(kind, body)) == expected


def test_the_earliest_deadline_counts() -> None:
    doc = read("plan", "1. Lập danh sách trước ngày 05/4/2024, báo cáo trước ngày 01/4/2024.\n2. Kiểm tra kho.")

    def due(text: str, day: str, role: str) -> DateMention:
        at = doc.text.index(text)
        span = Span(at, at + len(text))
        return DateMention(span=span, confidence=0.9, by="rule:dates", start=day, end=day, precision="day", role=role)

    doc = doc.annotate(
        [due("ngày 05/4/2024", "2024-04-05", "deadline"), due("ngày 01/4/2024", "2024-04-01", "deadline")]
    )
    assert [d.deadline for d in directives.extract(doc, DIRECTORY)] == ["2024-04-01", None]


def test_a_deadline_counts_for_every_task_that_names_it() -> None:
    doc = read("plan", "1. Lập danh sách trước ngày 05/4/2024.\n2. Báo cáo trước ngày 05/4/2024.\n3. Kiểm tra kho.")
    at = doc.text.index("ngày 05/4/2024")
    first = DateMention(
        span=Span(at, at + 14), confidence=0.9, by="rule:dates", start="2024-04-05", end="2024-04-05",
        precision="day", role="deadline",
    )  # fmt: skip
    assert [d.deadline for d in directives.extract(doc.annotate([first]), DIRECTORY)] == [
        "2024-04-05",
        "2024-04-05",
        None,
    ]


def test_a_movement_is_linked_where_it_is_named() -> None:
    doc = read("plan", "1. Đẩy mạnh phong trào Kho sạch tài liệu bền.\n2. Kiểm tra kho.")
    at = doc.text.index("Kho sạch")
    movement = Movement(
        span=Span(at, at + 8), confidence=0.9, by="rule:movements", name="Kho sạch tài liệu bền", kind="movement",
        movement_id="m1", launched=False, launched_by=None, period_start=None, period_end=None, mentions=1,
    )  # fmt: skip
    assert [d.movement_id for d in directives.extract(doc.annotate([movement]), DIRECTORY)] == ["m1", None]


def test_a_parent_that_orders_is_pointed_at() -> None:
    doc = read(
        "plan",
        "1. Kiểm tra kho\nCác phòng tự kiểm tra kho của mình trước khi đoàn đến làm việc tại phòng.\n"
        "a) Kho giấy: đếm giá.\nb) Kho ảnh: đo độ ẩm.",
    )
    rows: list[Directive] = list(directives.extract(doc, DIRECTORY))
    assert [(d.label, d.parent) for d in rows] == [("1", None), ("1.a", 1), ("1.b", 1)]


def test_no_body_gives_no_directives() -> None:
    assert list(directives.extract(document(flowing("SỞ XÂY DỰNG\nSố: 1/KH-SXD")), DIRECTORY)) == []
