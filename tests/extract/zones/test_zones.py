"""The parts of a dispatch, on drawn pages and in flowing text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotations import Zone, ZoneKind
from pipeline.document import Box, Document, Line, Page, Word
from pipeline.extract import zones
from pipeline.extract.zones.lines import printed
from pipeline.read.layout import arrange
from tests.drawing import document, flowing, page

LETTER = """
         UBND TỈNH AN MỸ                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
           SỞ XÂY DỰNG                        Độc lập - Tự do - Hạnh phúc

        Số: 215/SXD-VP                     An Mỹ, ngày 04 tháng 3 năm 2024
     V/v rà soát nhà ở công vụ
         trên địa bàn tỉnh

                       Kính gửi: - Ủy ban nhân dân các huyện;
                                 - Trung tâm Quản lý nhà An Mỹ.

               Thực hiện ý kiến của Ủy ban nhân dân tỉnh tại cuộc họp đầu năm, Sở Xây
          dựng đề nghị các huyện rà soát toàn bộ nhà ở công vụ và báo cáo về Sở trước
          ngày 20 tháng 3 năm 2024./.

          Nơi nhận:                                      KT. GIÁM ĐỐC
          - Như trên;                                    PHÓ GIÁM ĐỐC
          - Giám đốc Sở (b/c);
          - Lưu: VT, QLN.
                                                         Trần Văn Mẫu
"""

PLAN = """
        HUYỆN ỦY SÔNG LĂNG                        ĐẢNG CỘNG SẢN VIỆT NAM
           BAN TỔ CHỨC
                 *                         Sông Lăng, ngày 12 tháng 9 năm 2019
          Số 31-KH/BTCHU

                                        KẾ HOẠCH
                     thực hiện sắp xếp các chi bộ nông thôn năm 2019
                                       ----------
               Căn cứ kế hoạch của Ban Thường vụ Huyện ủy về nâng cao chất lượng sinh hoạt chi
          bộ trong toàn huyện, Ban Tổ chức xây dựng kế hoạch như sau:
"""

ANNEX = """
                                        PHỤ LỤC I
                       (Kèm theo Công văn số 215/SXD-VP của Sở Xây dựng)
          TT     Huyện                         Số nhà              Ghi chú
          1      Sông Lăng                     12
"""

OTHER = LETTER.replace("SỞ XÂY DỰNG", "SỞ TÀI CHÍNH").replace("215/SXD-VP", "77/STC-NS")


def kinds(*pages: Page) -> dict[ZoneKind, list[str]]:
    """Return the words of each zone, by kind."""
    doc = document(*(arrange(p) for p in pages))
    found: dict[ZoneKind, list[str]] = {}
    for zone in zones.extract(doc):
        assert zone.span is not None
        found.setdefault(zone.kind, []).append(doc.quote(zone.span).replace("\n", " / "))
    return found


def test_a_letter() -> None:
    assert kinds(page(LETTER)) == {
        ZoneKind.AGENCY: ["UBND TỈNH AN MỸ / SỞ XÂY DỰNG"],
        ZoneKind.NUMBER: ["Số: 215/SXD-VP"],
        ZoneKind.SUBJECT: ["V/v rà soát nhà ở công vụ / trên địa bàn tỉnh"],
        ZoneKind.MOTTO: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc"],
        ZoneKind.PLACE_DATE: ["An Mỹ, ngày 04 tháng 3 năm 2024"],
        ZoneKind.ADDRESSEES: ["Kính gửi: - Ủy ban nhân dân các huyện; / - Trung tâm Quản lý nhà An Mỹ."],
        ZoneKind.BODY: [
            "Thực hiện ý kiến của Ủy ban nhân dân tỉnh tại cuộc họp đầu năm, Sở Xây / dựng đề nghị các huyện rà soát "
            "toàn bộ nhà ở công vụ và báo cáo về Sở trước / ngày 20 tháng 3 năm 2024./."
        ],
        ZoneKind.RECIPIENTS: ["Nơi nhận: / - Như trên; / - Giám đốc Sở (b/c); / - Lưu: VT, QLN."],
        ZoneKind.SIGNATURE: ["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Văn Mẫu"],
    }


def test_a_party_plan() -> None:
    found = kinds(page(PLAN))
    assert found[ZoneKind.MOTTO] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert found[ZoneKind.AGENCY] == ["HUYỆN ỦY SÔNG LĂNG / BAN TỔ CHỨC"]
    assert found[ZoneKind.NUMBER] == ["Số 31-KH/BTCHU"]
    assert found[ZoneKind.TITLE] == ["KẾ HOẠCH"]
    assert found[ZoneKind.SUBJECT] == ["thực hiện sắp xếp các chi bộ nông thôn năm 2019"]
    assert found[ZoneKind.BODY][0].startswith("Căn cứ kế hoạch")


def test_an_appendix_follows_the_signature() -> None:
    found = kinds(page(LETTER), page(ANNEX, number=2))
    assert found[ZoneKind.APPENDIX][0].startswith("PHỤ LỤC I / (Kèm theo")
    assert found[ZoneKind.SIGNATURE] == ["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Văn Mẫu"]


def test_a_second_dispatch_is_told_from_an_appendix() -> None:
    found = kinds(page(LETTER), page(OTHER, number=2))
    assert len(found[ZoneKind.OTHER_DISPATCH]) == 1
    assert "77/STC-NS" in found[ZoneKind.OTHER_DISPATCH][0]
    assert found[ZoneKind.NUMBER] == ["Số: 215/SXD-VP"]


FLOWING = """
UBND TỈNH AN MỸ
SỞ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 9/QĐ-SXD
An Mỹ, ngày 04 tháng 3 năm 2024
QUYẾT ĐỊNH
Về việc thành lập Tổ công tác rà soát nhà ở công vụ
GIÁM ĐỐC SỞ XÂY DỰNG
Căn cứ Luật Nhà ở ngày 25 tháng 11 năm 2014;
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác rà soát nhà ở công vụ.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 2;
- Lưu: VT, QLN.
GIÁM ĐỐC
(Đã ký)
Lê Thị Mẫu
DANH SÁCH TỔ CÔNG TÁC
(Kèm theo Quyết định số 9/QĐ-SXD)
1. Ông Phạm Văn Thử
"""


def test_a_word_file() -> None:
    found = kinds(flowing(FLOWING))
    assert found[ZoneKind.TITLE] == ["QUYẾT ĐỊNH"]
    assert found[ZoneKind.SUBJECT] == ["Về việc thành lập Tổ công tác rà soát nhà ở công vụ"]
    assert found[ZoneKind.BODY][0].startswith("GIÁM ĐỐC SỞ XÂY DỰNG / Căn cứ")
    assert found[ZoneKind.RECIPIENTS] == ["Nơi nhận: / - Như Điều 2; / - Lưu: VT, QLN."]
    assert found[ZoneKind.SIGNATURE] == ["GIÁM ĐỐC / (Đã ký) / Lê Thị Mẫu"]
    assert found[ZoneKind.APPENDIX][0].startswith("DANH SÁCH TỔ CÔNG TÁC")


@pytest.mark.parametrize(
    ("printed_as", "read_as"),
    [
        pytest.param("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỌNG HÒA XÃ HỌI CHÚ NGHĨA YIỆT NAM", id="motto"),
        pytest.param("Số: 215/SXD-VP", "Só:2†5 /SXD-VP", id="number"),
        pytest.param("V/v rà soát", "V/w rà soát", id="subject"),
        pytest.param("Nơi nhận:", "Nơi nhân:", id="recipients"),
        pytest.param("Nơi nhận:", "Mới nhận:", id="recipients, M for N"),
        pytest.param("KT. GIÁM ĐỐC", "KT.GIÁM ĐÓC", id="signature"),
        pytest.param("ngày 04 tháng 3 năm", "ngàylẪ thángØ3 năm", id="date"),
        pytest.param("Kính gửi:", "Kinh gửi:", id="addressees"),
    ],
)
def test_what_ocr_does_changes_no_zone(printed_as: str, read_as: str) -> None:
    assert list(kinds(page(LETTER.replace(printed_as, read_as)))) == list(kinds(page(LETTER)))


def whole(doc: Document) -> str:
    """Return the text of all zones put together."""
    return "".join(doc.quote(zone.span) for zone in zones.extract(doc) if zone.span)


@pytest.mark.parametrize("text", [LETTER, PLAN, ANNEX, FLOWING])
def test_every_line_is_in_exactly_one_zone(text: str) -> None:
    doc = document(arrange(page(text)))
    spans = [zone.span for zone in zones.extract(doc) if zone.span]
    assert all(sum(span.contains(line.span) for span in spans) == 1 for line in printed(doc))
    assert sorted(spans) == spans


def test_nothing_gives_no_zones() -> None:
    assert list(zones.extract(document(Page(1, 595.0, 842.0, ())))) == []
    assert list(zones.extract(document())) == []


def test_a_signature_box_and_marks_are_zones_of_their_own() -> None:
    stamped = LETTER.replace(
        "     V/v rà soát nhà ở công vụ\n", "     V/v rà soát nhà ở công vụ\n" + " " * 66 + "Người ký: Sở Xây dựng\n"
    ).replace(
        "         trên địa bàn tỉnh\n",
        "         trên địa bàn tỉnh\n" + " " * 66 + "Email: so@mau.vn\n         HỎA TỐC\n",
    )
    found = kinds(page(stamped))
    assert found[ZoneKind.DIGITAL] == ["Người ký: Sở Xây dựng / Email: so@mau.vn"]
    assert found[ZoneKind.MARKS] == ["HỎA TỐC"]


def test_confidence_is_a_probability() -> None:
    assert all(
        0.5 <= zone.confidence < 1 for zone in zones.extract(document(arrange(page(LETTER)))) if isinstance(zone, Zone)
    )


def test_an_arrival_stamp_is_a_zone_with_what_touches_it() -> None:
    stamp = """
 VP SỞ MẪU
 ĐẾN Số: 12
 Ngày: 05/3/2024
 Chuyển: ......

"""
    found = kinds(page(stamp + LETTER.strip("\n")))
    assert found[ZoneKind.ARRIVAL] == ["VP SỞ MẪU / ĐẾN Số: 12 / Ngày: 05/3/2024 / Chuyển: ......"]
    assert found[ZoneKind.AGENCY] == ["UBND TỈNH AN MỸ / SỞ XÂY DỰNG"]


def test_a_list_that_ends_with_the_filing_line_is_recipients_without_heading() -> None:
    found = kinds(page(LETTER.replace("Nơi nhận:", "Ncl ahŸa”")))
    assert "- Giám đốc Sở (b/c); / - Lưu: VT, QLN." in found[ZoneKind.RECIPIENTS][0]
    assert found[ZoneKind.SIGNATURE] == ["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Văn Mẫu"]


def test_an_entry_whose_dash_was_not_read_stays_above_the_list() -> None:
    found = kinds(page(LETTER.replace("Nơi nhận:", "mc) nhận:").replace("- Như trên", "Như trên")))
    assert "Như trên" in found[ZoneKind.RECIPIENTS][0]


def test_a_subject_may_hold_dates_and_begin_like_a_body() -> None:
    long = LETTER.replace("         trên địa bàn tỉnh\n", "     thực hiện Đề án số 5\n     ngày 02/3/2024\n")
    found = kinds(page(long))
    assert found[ZoneKind.SUBJECT] == ["V/v rà soát nhà ở công vụ / thực hiện Đề án số 5 / ngày 02/3/2024"]


def test_footnotes_are_furniture() -> None:
    drawn = page(LETTER)
    note = "1 Nghị định số 999/2023/NĐ-CP của Chính phủ quy định về quản lý nhà ở công vụ tại các địa phương."
    words = tuple(Word(text, Box(1, 60 + 22 * i, 700, 80 + 22 * i, 707)) for i, text in enumerate(note.split()))
    footed = Page(1, drawn.width, drawn.height, (*drawn.lines, Line(words)), drawn.source)
    found = kinds(footed)
    assert found[ZoneKind.FURNITURE] == [note]
    assert found[ZoneKind.RECIPIENTS] == ["Nơi nhận: / - Như trên; / - Giám đốc Sở (b/c); / - Lưu: VT, QLN."]


noise = st.lists(
    st.one_of(
        st.sampled_from([line.strip() for line in (LETTER + PLAN + ANNEX).split("\n") if line.strip()]),
        st.text(alphabet="ABCĐabcđ.:-/0129 ", min_size=1, max_size=30).filter(str.strip),
    ),
    max_size=40,
)


@given(noise, st.booleans())
def test_any_lines_in_any_order_are_covered_by_zones(lines: list[str], placed: bool) -> None:
    text = "\n".join(lines)
    doc = document(arrange(page(text) if placed else flowing(text)))
    spans = [zone.span for zone in zones.extract(doc) if zone.span]
    assert all(sum(span.contains(line.span) for span in spans) == 1 for line in printed(doc))


def test_recipients_may_go_on_overleaf() -> None:
    first = LETTER.replace("          - Lưu: VT, QLN.\n", "")
    second = """
                                        2
          - Thanh tra Sở;
          - Các phòng thuộc Sở;
          - Lưu: VT, QLN.
"""
    found = kinds(page(first), page(second, number=2))
    assert found[ZoneKind.RECIPIENTS][-1] == "- Thanh tra Sở; / - Các phòng thuộc Sở; / - Lưu: VT, QLN."
    assert ZoneKind.APPENDIX not in found


def test_a_numbered_item_in_small_print_is_no_footnote() -> None:
    drawn = page(PLAN)
    text = "9. Công tác kiểm tra kho và bảo vệ tài liệu được thực hiện theo kế hoạch của Huyện ủy trong cả năm."
    words = tuple(Word(word, Box(1, 60 + 22 * i, 700, 80 + 22 * i, 707)) for i, word in enumerate(text.split()))
    footed = Page(1, drawn.width, drawn.height, (*drawn.lines, Line(words)), drawn.source)
    assert kinds(footed)[ZoneKind.BODY][-1].endswith(text)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        pytest.param(
            "HỘI ĐỒNG THI ĐUA - KHEN\nTHƯỞNG\nSố: 3/HD-ABC\nHƯỚNG DẪN\nbình xét cuối năm\nCăn cứ kế hoạch năm;",
            ZoneKind.AGENCY,
            "HỘI ĐỒNG THI ĐUA - KHEN / THƯỞNG",
            id="THƯỞNG is no thư công",
        ),
        pytest.param(
            "TRƯỜNG TRUNG HỌC CƠ SỞ\nHÒA LỘC\nSố: 3/KH-ABC\nKẾ HOẠCH\nkiểm tra kho\nCăn cứ kế hoạch năm;",
            ZoneKind.AGENCY,
            "TRƯỜNG TRUNG HỌC CƠ SỞ / HÒA LỘC",
            id="HÒA LỘC is no HỎA TỐC",
        ),
        pytest.param(
            "HỢP ĐỒNG\nSố: 21/2022/HĐ-ABC\nHôm nay, ngày 05/3/2022, hai bên gồm:", ZoneKind.NUMBER,
            "Số: 21/2022/HĐ-ABC", id="a contract's number stands below its title",
        ),
        pytest.param(
            "SỞ XÂY DỰNG\nSố: 7/GM-ABC\nGIẤY MỜI\nSở Xây dựng trân trọng kính mời: Trưởng các phòng\nDự họp.",
            ZoneKind.BODY,
            "Sở Xây dựng trân trọng kính mời: Trưởng các phòng / Dự họp.",
            id="a sentence that invites is no subject",
        ),
        pytest.param(
            "TỔ KHO\nBIÊN BẢN\nHọp bình xét\nHôm nay, tổ họp.\nNGƯỜI GHI\nLê Văn Sáu\nCHỦ TỌA\nTrần Văn Bảy",
            ZoneKind.SIGNATURE,
            "NGƯỜI GHI / Lê Văn Sáu / CHỦ TỌA / Trần Văn Bảy",
            id="two signatures without Nơi nhận",
        ),
    ],
)  # fmt: skip
def test_kinds_of_dispatches(text: str, kind: ZoneKind, line: str) -> None:
    assert kinds(flowing(text))[kind] == [line]


def test_the_head_of_a_copys_note_takes_nothing_of_the_foot_above_it() -> None:
    note = "UBND HUYỆN BÃI SEN\nTRUNG TÂM Y TẾ\nSố: 12/SY-TTYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSAO Y BẢN CHÍNH"
    text = (
        "SỞ Y TẾ\nSố: 7/SYT-VP\nV/v kiểm tra kho\nKính gửi: Các trạm.\nSở Y tế đề nghị các trạm kiểm tra kho.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nLê Văn Sáu\n" + note
    )
    found = kinds(flowing(text))
    assert found[ZoneKind.SIGNATURE] == ["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / (Đã ký) / Lê Văn Sáu"]
    assert found[ZoneKind.OTHER_DISPATCH][0].startswith("UBND HUYỆN BÃI SEN")
