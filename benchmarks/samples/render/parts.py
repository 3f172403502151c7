"""The parts of a dispatch as lines, as every renderer sets them."""

from __future__ import annotations

from benchmarks.samples.truth import Dispatch, Recipient, written_day

STATE_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_MOTTO = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
YOUTH_MOTTO = ("ĐOÀN TNCS HỒ CHÍ MINH",)


def motto(dispatch: Dispatch) -> tuple[str, ...]:
    """Return the lines of the top right."""
    return {"party": PARTY_MOTTO, "youth": YOUTH_MOTTO}.get(dispatch.form, STATE_MOTTO)


def number_line(dispatch: Dispatch, *, number: str | None = None) -> str:
    """Return `Số: 5/KH-UBND`, or the Party's `Số 5-KH/HU`; `number` stands in where it is written by hand."""
    written = dispatch.number if number is None else number
    party = dispatch.form == "party"
    return f"Số {written}-{dispatch.notation}" if party else f"Số: {written}/{dispatch.notation}"


def place_line(dispatch: Dispatch, *, day: str | None = None) -> str:
    """Return `Lam Hải, ngày 05 tháng 4 năm 2021`; `day` stands in where it is written by hand."""
    when = written_day(dispatch.issued_on)
    if day is not None:
        when = f"ngày {day} {when.split(' ', 2)[2]}"
    return f"{dispatch.place}, {when}"


def subject_line(dispatch: Dispatch) -> str:
    """Return the subject with what stands before it."""
    return f"{dispatch.subject_prefix}{dispatch.subject}"


def recipient_line(recipient: Recipient, *, with_purpose: bool = True) -> str:
    """Return `- UBND tỉnh (b/c);`, or the filing line."""
    if recipient.archive:
        return f"- Lưu: {recipient.name}."
    purpose = f" (để {recipient.purpose})" if recipient.purpose == "báo cáo" else f" ({recipient.purpose})"
    return f"- {recipient.name}{purpose if recipient.purpose and with_purpose else ''};"


def recipient_lines(dispatch: Dispatch) -> list[str]:
    """Return the rows of Nơi nhận; rows under a brace carry no purpose of their own."""
    first, last = dispatch.brace or (0, 0)
    return [recipient_line(r, with_purpose=not first <= n < last) for n, r in enumerate(dispatch.recipients)]


def brace_purpose(dispatch: Dispatch) -> str:
    """Return what the brace says, in brackets."""
    purpose = dispatch.recipients[dispatch.brace[0]].purpose if dispatch.brace else ""
    return f"({purpose})"


def left_head(dispatch: Dispatch) -> list[str]:
    """Return the lines of the top left, with the subject of a công văn."""
    head = [dispatch.parent_agency] if dispatch.parent_agency else []
    head += dispatch.agency_lines
    head += ["*"] if dispatch.form == "party" else []
    head.append(number_line(dispatch))
    return head + ([] if dispatch.title else [subject_line(dispatch)])


def right_head(dispatch: Dispatch) -> list[str]:
    """Return the lines of the top right."""
    return [*motto(dispatch), place_line(dispatch)]


def title_lines(dispatch: Dispatch) -> list[str]:
    """Return the type and the subject below it; none for a công văn."""
    return [dispatch.title, subject_line(dispatch)] if dispatch.title else []


def addressee_lines(dispatch: Dispatch) -> list[str]:
    """Return Kính gửi: on one line for one name, with a dash each for several."""
    names = dispatch.addressees
    if len(names) < 2:
        return [f"Kính gửi: {name}" for name in names]
    return ["Kính gửi:", *(f"- {name}{';' if name != names[-1] else '.'}" for name in names)]


def body_lines(dispatch: Dispatch) -> list[str]:
    """Return the paragraphs of the body with their labels."""
    return [f"{item.label} {item.piece.text}".strip() for item in dispatch.body]


def signature_lines(dispatch: Dispatch) -> list[str]:
    """Return authority, position and name."""
    return [*dispatch.authorities, dispatch.position, dispatch.signer]
