"""Names across spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.names import compact, near_equal, slug, words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Dạy tốt - Học tốt", "dạy tốt, học tốt", True, id="case-and-punctuation"),
        pytest.param("văn hoá công sở", "văn hóa công sở", True, id="tone-placement"),
        pytest.param("Sáng kiến trẻ và hợp lý hóa", "Sáng kiến trẻ, hợp lý hóa", True, id="joining-word"),
        pytest.param("Bến Tre chung sức", "Bên Tre chung sưc", True, id="lost-hooks"),
        pytest.param("thi đua xây dựng làng quê", "thi đua xày dụng lảng quê", True, id="folded-slips"),
        pytest.param("xây dựng nông thôn mới", "xâydựng nông thônmới", True, id="joined-words"),
        pytest.param("xây dựng nông thôn mới", "xây dưng nộng thỗn mởi ", True, id="wrong-hooks"),
        pytest.param("Học viên 3 tốt", "Học viên 5 tốt", False, id="another-number"),
        pytest.param("Tổ hai tốt", "Tổ ba tốt", False, id="another-short-word"),
        pytest.param(
            "Bến Tre chung sức xây dựng nông thôn mới",
            "Cả nước chung sức xây dựng nông thôn mới",
            False,
            id="another-place",
        ),
        pytest.param("Bến Tre cùng cả nước chung sức", "cả nước chung sức", False, id="more-words"),
        pytest.param("", "", False, id="nothing"),
    ],
)
def test_near_equal(one: str, other: str, same: bool) -> None:
    assert near_equal(one, other) is same
    assert near_equal(other, one) is same


@given(st.text())
def test_slug_holds_only_what_an_id_may(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(
    st.text(alphabet="ăâđêôơư aábcdgh123-,", min_size=1).filter(
        lambda name: bool(words(name)) and words(name) != ("va",)
    )
)
def test_a_name_equals_itself_in_any_case(name: str) -> None:
    assert near_equal(name, name.upper())


@pytest.mark.parametrize("spelling", ["LĐ-TB&XH", "LĐTB và XH", "LĐTBXH", "ldtbxh"])
def test_compact_joins_the_spellings_of_an_abbreviation(spelling: str) -> None:
    assert compact(spelling) == "ldtbxh"
