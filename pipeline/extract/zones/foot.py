"""The end of the main dispatch: recipients and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.annotations import ZoneKind
from pipeline.extract.zones import evidence
from pipeline.extract.zones.lines import Printed

_AS_ABOVE = re.compile(r"\W{0,4}nhu (?:tren|dieu|kinh gui)\b")
"""The first entry of a list of recipients, its dash unread."""

SPECKS = {ZoneKind.FURNITURE, ZoneKind.DIGITAL, ZoneKind.ARRIVAL}


def label_foot(lines: Sequence[Printed], start: int, stop: int, kinds: list[ZoneKind | None]) -> int:
    """Write recipients and signature between `start` and `stop` into `kinds`; return where the main part ends."""
    first = next((i for i in range(start, stop) if kinds[i] is None and evidence.recipients(lines[i])), None)
    if first is None:
        first = _list_end(lines, start, stop, kinds)
    if first is None:
        return _signature_alone(lines, start, stop, kinds)
    _after_close(lines, first, start, kinds)
    end = _recipients(lines, first, stop, kinds)
    above = _signature_above(lines, first, start, kinds)
    end = _signature(lines, end, stop, kinds, sure=not above)
    return _list_overleaf(lines, first, end, stop, kinds)


def _list_overleaf(lines: Sequence[Printed], first: int, end: int, stop: int, kinds: list[ZoneKind | None]) -> int:
    """Label the rest of a list of recipients that goes on at the top of the next page; return where it ends."""
    if any(evidence.filing(line) for line in lines[first:end]) or end >= stop:
        return end
    last = next((i for i in range(end, min(stop, end + 25)) if evidence.filing(lines[i])), None)
    if last is None or lines[end].page == lines[first].page:
        return end
    rest = [i for i in range(end, last + 1) if kinds[i] is None]
    if sum(lines[i].dashed for i in rest) < 0.6 * len(rest):
        return end
    for i in rest:
        kinds[i] = ZoneKind.RECIPIENTS
    return last + 1


def _after_close(lines: Sequence[Printed], first: int, start: int, kinds: list[ZoneKind | None]) -> None:
    """Label what stands between ./. and Nơi nhận: a signature beside or above it, read badly through a seal."""
    close = next((i for i in range(first - 1, max(start, first - 25), -1) if evidence.closed(lines[i])), first)
    for i in range(close + 1, first):
        line = lines[i]
        if kinds[i] is None and line.box is not None and (line.right_half or line.upper or len(line.text) < 30):
            kinds[i] = ZoneKind.SIGNATURE


def _list_end(lines: Sequence[Printed], start: int, stop: int, kinds: Sequence[ZoneKind | None]) -> int | None:
    """Return where a list begins that ends with Lưu: VT, where its heading was not read."""
    last = next((i for i in range(stop - 1, start, -1) if kinds[i] is None and evidence.filing(lines[i])), None)
    if last is None:
        return None
    first = last
    for i in range(last - 1, max(start, last - 30), -1):
        line = lines[i]
        if kinds[i] is None and (line.page != lines[last].page or line.right_half or not line.dashed):
            break
        first = i
    while first - 1 > start and _AS_ABOVE.match(lines[first - 1].folded) and lines[first - 1].page == lines[last].page:
        first -= 1
    above = lines[first - 1]
    heading = len(above.text) < 20 and above.page == lines[first].page and not above.text.rstrip().endswith((".", ";"))
    return first - 1 if heading and first - 1 > start else first


def _recipients(lines: Sequence[Printed], first: int, stop: int, kinds: list[ZoneKind | None]) -> int:
    filed = False
    for i in range(first, stop):
        line = lines[i]
        if kinds[i] in SPECKS:
            continue
        if i > first and _ends_recipients(lines, i, first, filed):
            if not _goes_on(lines, i, first, stop):
                return i
            kinds[i] = ZoneKind.FURNITURE
            continue
        kinds[i] = ZoneKind.RECIPIENTS
        filed = filed or line.folded.lstrip("-–~ ").startswith(("luu", "luru"))
    return stop


def _goes_on(lines: Sequence[Printed], i: int, first: int, stop: int) -> bool:
    """Tell whether the list goes on below a line that is none of its own."""
    left = lines[first].left
    ahead = [line for line in lines[i + 1 : min(stop, i + 4)] if line.page == lines[i].page]
    return left is not None and any(line.dashed and abs((line.left or 1) - left) < 0.03 for line in ahead)


def _ends_recipients(lines: Sequence[Printed], i: int, first: int, filed: bool) -> bool:
    line = lines[i]
    if evidence.authority(line) or (evidence.position(line) and not line.dashed) or "da ky" in line.folded:
        return True
    if evidence.appendix(line) and not line.dashed:
        return True
    if line.left is not None and lines[first].left is not None:
        return line.page != lines[first].page or line.left > 0.42 or line.left < (lines[first].left or 0) - 0.12
    if line.dashed or (not line.upper and not filed):
        return False
    return filed or line.upper


def _signature_above(lines: Sequence[Printed], first: int, start: int, kinds: list[ZoneKind | None]) -> bool:
    """Label a signature that stands above Nơi nhận."""
    begin = None
    for i in range(first - 1, max(start, first - 12) - 1, -1):
        sentence = len(lines[i].text) > 90 or lines[i].text.rstrip().endswith((".", ";", ":"))
        if sentence or (lines[i].left is not None and not lines[i].right_half):
            break
        if evidence.authority(lines[i]) or evidence.position(lines[i]) or evidence.person(lines[i]):
            begin = i
    if begin is None:
        return False
    for i in range(begin, first):
        if kinds[i] is None:
            kinds[i] = ZoneKind.SIGNATURE
    return any(evidence.person(lines[i]) for i in range(begin, first))


def _signature(lines: Sequence[Printed], begin: int, stop: int, kinds: list[ZoneKind | None], *, sure: bool) -> int:
    """Label what follows Nơi nhận on its page as the signature; return where it ends."""
    end = begin
    named = not sure
    for i in range(begin, min(stop, begin + 25)):
        line = lines[i]
        if kinds[i] in SPECKS:
            continue
        evident = evidence.authority(line) or evidence.position(line) or "da ky" in line.folded
        if line.box is None:
            if (evidence.appendix(line) or len(line.text) > 90 or evidence.motto(line) or named) and not evident:
                break
        elif not line.right_half and not evident:
            early = line.page == lines[begin - 1].page and (line.letters < 8 or _signs_below(lines, i))
            if early and (end == begin or not any(evidence.position(lines[j]) for j in range(begin, i))):
                kinds[i] = ZoneKind.FURNITURE
                continue
            break
        elif line.page != lines[begin - 1].page and not (evident and end == begin):
            break
        named = named or evidence.person(line)
        kinds[i] = ZoneKind.SIGNATURE
        end = i + 1
    return max(end, begin)


def _signs_below(lines: Sequence[Printed], i: int) -> bool:
    """Tell whether an authority or a position follows soon on the page, so that a line is but a speck before it."""
    ahead = [line for line in lines[i + 1 : i + 5] if line.page == lines[i].page]
    return any(evidence.authority(line) or evidence.position(line) for line in ahead)


def _signature_alone(lines: Sequence[Printed], start: int, stop: int, kinds: list[ZoneKind | None]) -> int:
    """Label one signature or several in a dispatch without Nơi nhận; return where the main part ends."""
    for i in range(start, stop):
        signed = list(_signed(lines, i, stop)) if kinds[i] is None else []
        if not signed or not any(lines[first].box is None or lines[first].right_half for first, _ in signed):
            continue
        for j in range(i, signed[-1][1]):
            kinds[j] = kinds[j] or ZoneKind.SIGNATURE
        return signed[-1][1]
    return stop


def _signed(lines: Sequence[Printed], i: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield each signature from line `i` on: an authority or a position, down to the first name of a person."""
    while i < stop and (evidence.authority(lines[i]) or evidence.position(lines[i])):
        end = next((j + 1 for j in range(i + 1, min(stop, i + 14)) if evidence.person(lines[j])), None)
        if end is None:
            return
        yield i, end
        i = end
