"""The parser of the query language: a line as a person types it becomes a tree (`syntax.py`).

    query  = and, { ("OR" | "HOẶC"), and }
    and    = not, { ["AND" | "VÀ"], not }
    not    = { "NOT" | "KHÔNG" }, leaf
    leaf   = "(" query ")" | [field ":"], ( "(" query ")" | phrase | key | word )

Every mistake is a QueryError in two languages that shows the query with a caret under the place.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from pipeline.errors import QueryError
from pipeline.search.days import days_of
from pipeline.search.fields import FIELDS, OPERATORS, STATES, QueryField, field_named
from pipeline.search.keys import key_at, key_in
from pipeline.search.syntax import And, Due, Issued, Key, Leaf, Node, Not, Or, State, Tagged, Text
from pipeline.text.unicode import fold, nfc

LONGEST = 2000
DEEPEST = 50
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<field>[^\W\d_]+):(?!//)
      | (?P<phrase>["“”](?P<quoted>[^"“”]*)(?P<ending>["“”]?)(?P<star>\*?))
      | (?P<word>[^\s()"“”]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query, with the place where it stands."""

    kind: str
    text: str
    start: int
    end: int
    prefix: bool = False


def parse(query: str) -> Node | None:
    """Return the meaning of a query, None for an empty one; raises QueryError."""
    query = "".join(char if char.isprintable() else " " for char in nfc(query)).strip()
    if len(query) > LONGEST:
        raise QueryError(f"the query is longer than {LONGEST} characters", f"câu tìm dài quá {LONGEST} ký tự")
    parser = _Parser(query, tokens(query))
    node = parser.alternatives(None) if parser.tokens else None
    if (left := parser.peek()) is not None:
        raise mistake(query, left, "a bracket is closed that was never opened", "dấu đóng ngoặc không có dấu mở")
    return node


def tokens(query: str) -> list[Token]:
    """Cut a query into its pieces; raises QueryError for an open quotation mark or a stray star."""
    found: list[Token] = []
    at = 0
    while at < len(query):
        key = key_at(query, at)
        if key and (at == 0 or not query[at - 1].isalnum()):
            star = query[key[1] : key[1] + 1] == "*"
            found.append(Token("key", query[at : key[1]], at, key[1] + star, star))
            at = found[-1].end
            continue
        match = _TOKEN.match(query, at)
        assert match is not None  # every character begins one of the pieces
        if match.lastgroup != "space" and not match["space"]:
            found.append(_token(query, match))
        at = match.end()
    return found


def _token(query: str, match: re.Match[str]) -> Token:
    start, end = match.span()
    if match["field"]:
        return Token("field", match["field"], start, end)
    if match["phrase"]:
        if not match["ending"]:
            opening = Token("phrase", match["phrase"], start, start + 1)
            raise mistake(query, opening, "this quotation mark is never closed", "dấu ngoặc kép này chưa đóng")
        return Token("phrase", match["quoted"], start, end, bool(match["star"]))
    if match["word"]:
        text = match["word"]
        if text in OPERATORS:
            return Token(OPERATORS[text], text, start, end)
        if "*" in text.rstrip("*") or text.strip("*") == "":
            star = Token("word", "*", start + text.index("*"), start + text.index("*") + 1)
            raise mistake(
                query, star, "a star may only stand at the end of a word", "dấu * chỉ đứng được ở cuối một từ"
            )
        return Token("word", text.rstrip("*"), start, end, text.endswith("*"))
    return Token("open" if match["open"] else "close", match.group(0), start, end)


def mistake(query: str, token: Token, message: str, vi: str) -> QueryError:
    """Return the error that points at a token of the query."""
    caret = " " * token.start + "^" * max(1, token.end - token.start)
    return QueryError(f"{message}\n  {query}\n  {caret}", f"{vi}\n  {query}\n  {caret}")


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, query: str, tokens: list[Token]) -> None:
        self.query = query
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def accept(self, *kinds: str) -> Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    def alternatives(self, scope: QueryField | None) -> Node:
        parts = [self.conjunction(scope)]
        while self.accept("OR"):
            parts.append(self.conjunction(scope))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self, scope: QueryField | None) -> Node:
        parts = [self.negation(scope)]
        while (token := self.peek()) and token.kind not in ("OR", "close"):
            self.accept("AND")
            parts.append(self.negation(scope))
        kept = [part for part in parts if not _wordless(part)]
        if not kept:
            raise mistake(self.query, self._around(), "no word to look for", "không có từ nào để tìm")
        return kept[0] if len(kept) == 1 else And(tuple(kept))

    def negation(self, scope: QueryField | None) -> Node:
        if self.accept("NOT"):
            part = self.negation(scope)
            return part.part if isinstance(part, Not) else Not(part)
        return self.leaf(scope)

    def leaf(self, scope: QueryField | None) -> Node:
        token = self.peek()
        if token is None or token.kind in ("AND", "OR", "NOT", "close"):
            raise mistake(self.query, self._around(), "a word is missing here", "thiếu một từ ở đây")
        self.at += 1
        if token.kind == "open":
            return self.group(token, scope)
        if token.kind == "field":
            return self.fielded(token, scope)
        return _value(self.query, token, scope)

    def group(self, opening: Token, scope: QueryField | None) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise mistake(self.query, opening, "brackets are nested too deeply", "ngoặc lồng nhau quá sâu")
        node = self.alternatives(scope)
        if not self.accept("close"):
            raise mistake(self.query, opening, "this bracket is never closed", "dấu ngoặc này chưa đóng")
        self.depth -= 1
        return node

    def fielded(self, token: Token, scope: QueryField | None) -> Node:
        field = field_named(token.text)
        if field is None:
            raise mistake(self.query, token, *_unknown(token.text))
        if scope is not None:
            raise mistake(
                self.query, token, "a field cannot stand inside another field", "không đặt trường trong trường khác"
            )
        following = self.peek()
        if following is None or following.kind not in ("open", "phrase", "key", "word"):
            raise mistake(
                self.query, token, f"a value is missing after {token.text}:", f"thiếu giá trị sau {token.text}:"
            )
        return self.leaf(field)

    def _around(self) -> Token:
        """Return the token at which the parser stands, or the end of the query."""
        end = len(self.query)
        return self.peek() or Token("end", "", end, end + 1)


def day_bound(text: str | None, *, last: bool) -> str | None:
    """Return the first or last day of a day, month or year given outside a query; raises QueryError."""
    if not text:
        return None
    days = days_of(text)
    if days is None or ".." in text:
        raise mistake(
            text, Token("word", text, 0, len(text)),
            "not a day, month or year; write 2020, 2020-06 or 26/6/2020",
            "không phải ngày, tháng hay năm; hãy viết 2020, 2020-06 hoặc 26/6/2020",
        )  # fmt: skip
    return days[last]


def _unknown(name: str) -> tuple[str, str]:
    known = [field.vi for field in FIELDS]
    near = difflib.get_close_matches(fold(name), [n for field in FIELDS for n in field.names], n=1)
    meant = f"; {near[0]}:?" if near else ""
    listed = ", ".join(known)
    return (
        f'unknown field "{name}"{meant} (fields: {listed}; to look for these words, put them in quotes)',
        f'không có trường "{name}"{meant} (các trường: {listed}; muốn tìm đúng chữ ấy, đặt trong ngoặc kép)',
    )


def _wordless(node: Node) -> bool:
    """Tell whether nothing in a piece could be found: a dash between words, say."""
    bare = node.part if isinstance(node, Not) else node
    return isinstance(bare, Text) and not any(char.isalnum() for char in bare.text)


def _value(query: str, token: Token, field: QueryField | None) -> Node:
    """Return what a word, phrase or number means in a field (None for anywhere)."""
    kind = field.kind if field else "text"
    if field is None or kind in ("text", "reference", "number", "notation"):
        return _words(token, field)
    if kind in ("days", "due", "years"):
        return _period(query, token, field)
    if kind == "state":
        state = STATES.get(fold(token.text).replace(" ", ""))
        if state is None:
            listed = ", ".join(STATES)
            raise mistake(query, token, f"a state is one of {listed}", f"trạng thái là một trong {listed}")
        return State(state)
    return Tagged(fold(token.text), token.prefix)


def _words(token: Token, field: QueryField | None) -> Leaf:
    columns = field.columns if field else ()
    key = key_in(token.text)
    if key and (field is None or field.kind in ("number", "notation", "reference")):
        home = ("key",) if field and field.kind in ("number", "notation") else columns
        return Key(key, token.text, token.prefix, home)
    text = token.text
    if field and field.kind == "number":
        text = text.lstrip("0") or text
    return Text(text, token.prefix, columns, loose=token.kind == "word" and not columns)


def _period(query: str, token: Token, field: QueryField) -> Node:
    days = days_of(token.text.replace(" ", ""))
    if days is None or (field.kind == "years" and re.search(r"[-/]", token.text)):
        form = "2020, 2018..2020" if field.kind == "years" else "2020, 2020-06, 26/6/2020, 2020-01..2020-06, ..2020"
        raise mistake(
            query, token, f"not a time that {field.vi}: understands; write {form}",
            f"{field.vi}: không hiểu khoảng thời gian này; hãy viết {form}",
        )  # fmt: skip
    return Due(*days) if field.kind == "due" else Issued(*days)
