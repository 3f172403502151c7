"""Whether a package is whole: its structure, every hash and size, every link, the counts, the circular's fields."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from pipeline.archive import profile as profiles
from pipeline.archive.fieldsxml import schema, uri
from pipeline.archive.package.mets import METS
from pipeline.archive.package.premis import PREMIS
from pipeline.archive.verify.rules import NAMESPACES, broken
from pipeline.archive.verify.tree import Tree, opened
from pipeline.archive.xmlkit import XLINK, parsed

_ROOT = "METS.xml"
_HREF = f"{{{XLINK}}}href"
_FIELDS = "metadata/descriptive/HoSo.xml"
_HISTORY = "metadata/preservation/PREMIS.xml"
_ALGORITHMS = {"SHA-256"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be (`error`) or should be (`warning`): where, a stable code, and why."""

    path: str
    code: str
    level: str
    vi: str
    en: str

    def say(self, lang: str) -> str:
        """Return the message in a language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: how many files there are, how many hashed, documents, METS.xml's own hash, the faults."""

    files: int
    hashed: int
    documents: int
    mets_sha256: str | None
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong that must be right."""
        return not any(fault.level == "error" for fault in self.faults)


@dataclass(slots=True)
class _Seen:
    """What the METS documents name: the hash of each path, every identifier."""

    sums: dict[str, str] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)
    hashed: int = 0


def verify(path: Path, *, expected: str | None = None) -> Verdict:
    """Check a package; `expected` is the SHA-256 of its METS.xml, from the minutes of its handing over.

    Raises PackageError for what is no package.
    """
    with opened(path) as tree:
        seen = _Seen()
        faults = [*_odd(tree), *_structure(tree), *_mets(tree, _ROOT, seen), *_unlisted(tree, seen), *_twice(seen)]
        documents, found = _contents(tree, seen)
        own = tree.sha256(_ROOT) if _ROOT in tree.files else None
        if expected and own != expected.lower():
            found.append(_error(_ROOT, "not-the-expected", f"SHA-256 là {own}", f"its SHA-256 is {own}"))
        return Verdict(len(tree.files), seen.hashed, documents, own, (*faults, *found))


def _error(path: str, code: str, vi: str, en: str) -> Fault:
    return Fault(path, code, "error", vi, en)


def _odd(tree: Tree) -> Iterator[Fault]:
    for path in tree.odd:
        yield _error(path, "not-a-file", "không phải tệp thường", "not a regular file")


def _structure(tree: Tree) -> Iterator[Fault]:
    """Yield what the folders lack, by the numbers of CSIP's structural requirements."""
    if _ROOT not in tree.files:
        yield _error(_ROOT, "CSIPSTR4", "không có METS.xml ở thư mục gốc", "no METS.xml in the root folder")
    wanted = {"metadata/": "CSIPSTR5", "metadata/descriptive/": "CSIPSTR7", "representations/": "CSIPSTR9",
              "schemas/": "CSIPSTR15", "documentation/": "CSIPSTR16"}  # fmt: skip
    for folder, code in wanted.items():
        if not any(path.startswith(folder) for path in tree.files):
            yield Fault(folder, code, "warning", "không có thư mục này", "no such folder")
    for name in representations(tree):
        for part, code in ((f"representations/{name}/data/", "CSIPSTR11"), (f"representations/{name}/METS.xml",
                                                                           "CSIPSTR12")):  # fmt: skip
            if not any(path.startswith(part) for path in tree.files):
                yield Fault(part, code, "warning", "không có", "not there")


def representations(tree: Tree) -> list[str]:
    """Return the names of a package's representations."""
    parts = (path.split("/") for path in tree.files)
    return sorted({part[1] for part in parts if part[0] == "representations" and len(part) > 2})


def _mets(tree: Tree, path: str, seen: _Seen, package: bool = True) -> Iterator[Fault]:
    """Check a METS document, all that it names, and the METS documents among them."""
    root, fault = _xml(tree, path)
    if fault:
        yield fault
    if root is None:
        return
    if root.tag != f"{{{METS}}}mets":
        yield _error(path, "not-mets", f"phần tử gốc là {root.tag}", f"its root is {root.tag}")
        return
    yield from _requirements(root, path, package)
    yield from _identifiers(root, path, seen)
    links = list(_links(root, path))
    for target, element in links:
        yield from _named(tree, path, target, element, seen)
    if package:
        yield from _root_name(tree, root.get("OBJID", ""))
        yield from _representations(tree, root, {target for target, _ in links}, seen)


def _root_name(tree: Tree, code: str) -> Iterator[Fault]:
    """Yield the root folder that does not bear the package's name, as far as a folder can."""
    plain, name = ("".join(char for char in text if char.isalnum()) for text in (code, tree.root))
    if plain != name:
        yield Fault(tree.root, "CSIPSTR2", "warning", f"thư mục gốc không mang tên gói ({code})",
                    f"the root folder is not named after the package ({code})")  # fmt: skip


def _requirements(root: etree._Element, path: str, package: bool) -> Iterator[Fault]:
    for rule, line in broken(root, package=package):
        level = "error" if rule.level == "MUST" else "warning"
        yield Fault(path, rule.id, level, f"{rule.vi} (dòng {line})", f"{rule.en} (line {line})")


def _links(root: etree._Element, path: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield the place in the package of every file that a METS document names, with the element that measures it."""
    for element in root.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
        where = element if element.get(_HREF) else element.find("m:FLocat", NAMESPACES)
        if where is not None and (href := where.get(_HREF)):  # one without is a broken requirement
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(href))), element


def _representations(tree: Tree, root: etree._Element, named: set[str], seen: _Seen) -> Iterator[Fault]:
    """Check the METS documents of representations: every pointer leads to one that the file section measures."""
    below = {target for target in named if posixpath.basename(target) == _ROOT and target != _ROOT}
    pointers = {posixpath.normpath(unquote(p.get(_HREF, ""))) for p in root.iterfind(".//m:mptr", NAMESPACES)}
    for target in sorted(pointers - below):
        yield _error(target, "not-listed", "mptr dẫn tới nhưng fileSec không nêu", "an mptr names it, no file does")
    for target in sorted(below & tree.files.keys()):
        yield from _mets(tree, target, seen, package=False)


def _named(tree: Tree, mets: str, target: str, element: etree._Element, seen: _Seen) -> Iterator[Fault]:
    """Check one file that a METS document names: it is there, inside, as large and with the hash that is said."""
    if target.startswith(("..", "/")) or ":" in target:
        yield _error(target, "outside", f"{mets} dẫn ra ngoài gói", f"{mets} leads out of the package")
        return
    if target not in tree.files:
        yield _error(target, "missing", f"{mets} nêu tệp này nhưng không có", f"{mets} names it, and it is not there")
        return
    size, said, how = tree.files[target], element.get("CHECKSUM", ""), element.get("CHECKSUMTYPE", "")
    if element.get("SIZE") != str(size):
        yield _error(target, "size-differs", f"{size} byte, METS ghi {element.get('SIZE')}",
                     f"{size} bytes, METS says {element.get('SIZE')}")  # fmt: skip
    if how not in _ALGORITHMS:
        yield _error(target, "hash-unknown", f"thuật toán {how!r} không phải SHA-256", f"{how!r} is not SHA-256")
        return
    seen.sums[target], seen.hashed = tree.sha256(target), seen.hashed + 1
    if seen.sums[target] != said.lower():
        yield _error(target, "hash-differs", f"SHA-256 là {seen.sums[target]}, METS ghi {said}",
                     f"its SHA-256 is {seen.sums[target]}, METS says {said}")  # fmt: skip


def _identifiers(root: etree._Element, path: str, seen: _Seen) -> Iterator[Fault]:
    """Remember a document's identifiers, and yield references to none of them."""
    own = {str(value) for value in root.xpath("//@ID")}
    seen.ids.update(str(value) for value in root.xpath("//@ID"))
    for value in root.xpath("//@DMDID | //@ADMID | //@FILEID"):
        for name in str(value).split():
            if name not in own:
                yield _error(path, "dangling-id", f"dẫn tới ID không có: {name}", f"refers to no ID: {name}")


def _twice(seen: _Seen) -> Iterator[Fault]:
    for name, count in seen.ids.items():
        if count > 1:
            yield _error(_ROOT, "same-id-twice", f"ID {name} có {count} lần", f"the ID {name} stands {count} times")


def _unlisted(tree: Tree, seen: _Seen) -> Iterator[Fault]:
    for path in tree.files:
        if path != _ROOT and path not in seen.sums:
            yield _error(path, "not-listed", "không METS nào nêu tệp này", "no METS.xml names it")


def _xml(tree: Tree, path: str) -> tuple[etree._Element | None, Fault | None]:
    if path not in tree.files:
        return None, None  # told by whoever names it
    try:
        return parsed(tree.read(path)), None
    except ValueError as error:
        return None, _error(path, "not-xml", f"XML sai: {error}", f"no sound XML: {error}")


def _contents(tree: Tree, seen: _Seen) -> tuple[int, list[Fault]]:
    """Return the number of original documents, and what is wrong with the metadata about them."""
    data = [path for path in tree.files if path.startswith("representations/rep1/data/")]
    about = [path for path in tree.files if path.startswith("representations/rep1/metadata/descriptive/EAD_doc_")]
    faults: list[Fault] = []
    if about and len(about) != len(data):
        faults.append(_counts("representations/rep1", len(about), len(data)))
    described = (path for path in tree.files if path.endswith(".xml") and "/data/" not in path)
    for path in sorted(path for path in described if not path.endswith(_ROOT)):
        root, fault = _xml(tree, path)
        if fault:
            faults.append(fault)
        if root is not None and path == _FIELDS:
            faults += _fields(root, len(data))
        if root is not None and path == _HISTORY:
            faults += _history(root, seen)
    return len(data), faults


def _fields(root: etree._Element, data: int) -> Iterator[Fault]:
    """Yield what is wrong with the circular's fields: against their schema, and against the files that are there."""
    named = {uri(profiles.load(name)): profiles.load(name) for name in profiles.PROFILES}
    profile = named.get(etree.QName(root).namespace or "")
    if profile is None:
        yield Fault(_FIELDS, "profile-unknown", "warning", "không rõ theo mẫu nào", "its profile is not known here")
        return
    checker = etree.XMLSchema(etree.fromstring(schema(profile)))
    if not checker.validate(root):
        for entry in list(checker.error_log)[:20]:
            yield _error(_FIELDS, "fields-invalid", f"dòng {entry.line}: {entry.message}",
                         f"line {entry.line}: {entry.message}")  # fmt: skip
    space = {"p": uri(profile)}
    total = next(f.name for f in profile.file if f.source == "total_documents")
    listed, said = len(root.findall(f"p:{profile.document_name}", space)), root.findtext(f"p:{total}", "", space)
    for count in (str(listed), said):
        if count != str(data):
            yield _counts(_FIELDS, count, data)
    pages = next(f.name for f in profile.file if f.source == "pages")
    each = next(f.name for f in profile.document if f.source == "pages")
    counted = [e.text or "" for e in root.iterfind(f"p:{profile.document_name}/p:{each}", space)]
    whole = root.findtext(f"p:{pages}", None, space)
    if whole and all(c.isdigit() for c in (whole, *counted)) and int(whole) != sum(map(int, counted)):
        yield _counts(f"{_FIELDS}#{pages}", whole, sum(map(int, counted)))


def _counts(path: str, said: object, found: object) -> Fault:
    return _error(path, "count-differs", f"ghi {said}, thấy {found}", f"says {said}, found {found}")


def _history(root: etree._Element, seen: _Seen) -> Iterator[Fault]:
    """Yield content files whose hash in PREMIS is not the one that they have, and those that PREMIS does not know."""
    space = {"p": PREMIS}
    said = {
        thing.findtext("p:objectIdentifier/p:objectIdentifierValue", "", space):
            thing.findtext("p:objectCharacteristics/p:fixity/p:messageDigest", "", space)
        for thing in root.iterfind("p:object", space)
    }  # fmt: skip
    content = {path for path in seen.sums if "/data/" in path}
    for path in sorted(content | said.keys()):
        if said.get(path) != seen.sums.get(path):
            yield _error(
                path, "history-differs", "mã băm trong PREMIS không khớp tệp", "its hash in PREMIS is not the file's"
            )
