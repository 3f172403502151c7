"""Who may do what: accounts, signed sessions, tokens against forged requests, and the pages' headers.

Bound to this machine alone there are no accounts: whoever sits at it is the user. Anywhere else
every page asks for a name and a password, hashed with argon2; there is no default password.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import closing
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import CongvanError

ACCOUNTS = "accounts.sqlite"
LONGEST_SESSION = 12 * 3600
LEAST_PASSWORD = 10
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class AccountError(CongvanError):
    """An account that cannot be made, or is not there."""

    code = "account"


class Role(IntEnum):
    """What an account may do; each role may do what the one before it may."""

    READER = 1
    ARCHIVIST = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class User:
    """Who is at the pages."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user, and the token that their forms must carry."""

    user: User
    token: str


class Signer:
    """Signs short values with a secret, so that nobody else can make them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, session: Session, now: float | None = None) -> str:
        """Return a session as a cookie."""
        moment = int(time.time() if now is None else now)
        body = json.dumps([session.user.name, int(session.user.role), session.token, moment]).encode()
        return f"{urlsafe_b64encode(body).decode()}.{self._mac(body)}"

    def open(self, cookie: str, now: float | None = None) -> Session | None:
        """Return the session of a cookie, or None if it was not made here or is too old."""
        try:
            encoded, mac = cookie.split(".")
            body = urlsafe_b64decode(encoded)
            if not hmac.compare_digest(mac, self._mac(body)):
                return None
            name, role, token, since = json.loads(body)
        except (ValueError, TypeError):
            return None
        if not 0 <= (time.time() if now is None else now) - since <= LONGEST_SESSION:
            return None
        return Session(User(name, Role(role)), token)

    def _mac(self, body: bytes) -> str:
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()


def new_session(user: User) -> Session:
    """Return a fresh session with a random token."""
    return Session(user, secrets.token_urlsafe(24))


class Accounts:
    """Named users with hashed passwords, in a file of their own that only its owner may read."""

    def __init__(self, out: Path) -> None:
        self._path = out / ACCOUNTS

    def add(self, name: str, password: str, role: Role) -> None:
        """Make or replace an account; raises AccountError for a weak password or a strange name."""
        if not name.strip() or not name.isprintable() or len(name) > 100:
            raise AccountError(f"not a user name: {name!r}", f"tên người dùng không hợp lệ: {name!r}")
        if len(password) < LEAST_PASSWORD:
            raise AccountError(
                f"the password needs {LEAST_PASSWORD} characters or more",
                f"mật khẩu cần ít nhất {LEAST_PASSWORD} ký tự",
            )
        with closing(self._open()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO users VALUES (?, ?, ?)",
                (name.strip(), PasswordHasher().hash(password), int(role)),
            )

    def remove(self, name: str) -> None:
        """Remove an account; raises AccountError if there is none of that name."""
        with closing(self._open()) as connection, connection:
            if not connection.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise AccountError(f"no user {name!r}", f"không có người dùng {name!r}")

    def list(self) -> tuple[User, ...]:
        """Return every account, by name."""
        with closing(self._open()) as connection:
            return tuple(User(n, Role(r)) for n, r in connection.execute("SELECT name, role FROM users ORDER BY name"))

    def get(self, name: str) -> User | None:
        """Return an account as it is now, or None."""
        return next((user for user in self.list() if user.name == name), None)

    def check(self, name: str, password: str) -> User | None:
        """Return the user if the password is theirs; the same time passes for names that do not exist."""
        with closing(self._open()) as connection:
            row = connection.execute("SELECT hash, role FROM users WHERE name = ?", (name,)).fetchone()
        hasher = PasswordHasher()
        try:
            hasher.verify(row[0] if row else _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return None
        return User(name, Role(row[1])) if row else None

    def secret(self) -> bytes:
        """Return the secret that signs sessions, made once."""
        with closing(self._open()) as connection, connection:
            connection.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (secrets.token_bytes(32),))
            return bytes(connection.execute("SELECT value FROM secret").fetchone()[0])

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(self._path)
        connection.execute("CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, hash TEXT, role INTEGER)")
        connection.execute("CREATE TABLE IF NOT EXISTS secret (id INTEGER PRIMARY KEY, value BLOB)")
        return connection


# A hash of a password that nobody has, so that an unknown name costs as much as a wrong password.
_NOBODY = PasswordHasher().hash(secrets.token_urlsafe(16))
