"""Who may do what: accounts with hashed passwords, their sessions, and the browsers that they have used before.

Bound to this machine alone there are no accounts: whoever sits at it is the user. Anywhere else
every page asks for a name and a password, hashed with argon2; there is no default password.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import CongvanError

ACCOUNTS = "accounts.sqlite"
LONGEST_SESSION = 12 * 3600
"""Seconds after which a session ends, whatever was done in it."""

LONGEST_NAME = 100
LEAST_PASSWORD, LONGEST_PASSWORD = 10, 1_000
"""Characters of a user name, and of a password."""

_DEVICES = 20  # browsers that are remembered of an account

_TABLES = (
    "CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, hash TEXT, role INTEGER)",
    "CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, name TEXT, token TEXT, ends REAL)",
    "CREATE TABLE IF NOT EXISTS devices (key TEXT PRIMARY KEY, name TEXT)",
)


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


def new_token() -> str:
    """Return a random text that nobody can guess."""
    return secrets.token_urlsafe(32)


class Accounts:
    """Named users with hashed passwords, in a file of their own that only its owner may read.

    Of sessions and browsers the file holds hashes: who reads it can take none of them over.
    """

    def __init__(self, out: Path) -> None:
        self._path = out / ACCOUNTS

    def add(self, name: str, password: str, role: Role | None = None) -> None:
        """Make an account, an archivist's if no role is named, or give one another password and role.

        Every session of the account ends. Raises AccountError for a weak password or a strange name.
        """
        if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
            raise AccountError(f"not a user name: {name!r}", f"tên người dùng không hợp lệ: {name!r}")
        if not LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise AccountError(
                f"the password needs {LEAST_PASSWORD} characters or more, {LONGEST_PASSWORD} at most",
                f"mật khẩu cần ít nhất {LEAST_PASSWORD} ký tự, nhiều nhất {LONGEST_PASSWORD}",
            )
        hashed = PasswordHasher().hash(password)
        name = name.strip()
        with self._open() as connection:
            held = connection.execute("SELECT role FROM users WHERE name = ?", (name,)).fetchone()
            kept = role or (Role(held[0]) if held else Role.ARCHIVIST)
            connection.execute("INSERT OR REPLACE INTO users VALUES (?, ?, ?)", (name, hashed, int(kept)))
            _forget(connection, name)

    def remove(self, name: str) -> None:
        """Remove an account and end its sessions; raises AccountError if there is none of that name."""
        with self._open() as connection:
            if not connection.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise AccountError(f"no user {name!r}", f"không có người dùng {name!r}")
            _forget(connection, name)

    def list(self) -> tuple[User, ...]:
        """Return every account, by name."""
        with self._open() as connection:
            return tuple(User(n, Role(r)) for n, r in connection.execute("SELECT name, role FROM users ORDER BY name"))

    def check(self, name: str, password: str) -> User | None:
        """Return the user if the password is theirs; the same time passes for names that do not exist."""
        with self._open() as connection:
            row = connection.execute("SELECT hash, role FROM users WHERE name = ?", (name,)).fetchone()
        try:
            PasswordHasher().verify(row[0] if row else _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return None
        return User(name, Role(row[1])) if row else None

    def known(self, name: str) -> bool:
        """Tell whether there is an account of a name."""
        with self._open() as connection:
            return connection.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone() is not None

    def begin(self, user: User, now: datetime) -> str:
        """Begin a session and return its key, for the cookie."""
        key = new_token()
        with self._open() as connection:
            connection.execute("DELETE FROM sessions WHERE ends < ?", (now.timestamp(),))
            row = (_hashed(key), user.name, new_token(), now.timestamp() + LONGEST_SESSION)
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", row)
        return key

    def session(self, key: str, now: datetime) -> Session | None:
        """Return the session of a key, with the role that its account has now; None if it has ended."""
        sql = """SELECT name, role, token FROM sessions JOIN users USING (name)
                 WHERE key = ? AND ends BETWEEN ? AND ?"""
        moment = now.timestamp()
        with self._open() as connection:
            row = connection.execute(sql, (_hashed(key), moment, moment + LONGEST_SESSION)).fetchone()
        return Session(User(row[0], Role(row[1])), row[2]) if row else None

    def end(self, key: str) -> None:
        """End a session."""
        with self._open() as connection:
            connection.execute("DELETE FROM sessions WHERE key = ?", (_hashed(key),))

    def end_all(self, name: str) -> None:
        """End every session of an account."""
        with self._open() as connection:
            _forget(connection, name)

    def remember_device(self, name: str) -> str:
        """Remember a browser in which an account has signed in, and return its key, for the cookie."""
        key = new_token()
        with self._open() as connection:
            connection.execute("INSERT INTO devices VALUES (?, ?)", (_hashed(key), name))
            connection.execute(
                """DELETE FROM devices WHERE name = :name AND rowid NOT IN
                   (SELECT rowid FROM devices WHERE name = :name ORDER BY rowid DESC LIMIT :most)""",
                {"name": name, "most": _DEVICES},
            )
        return key

    def knows_device(self, key: str, name: str) -> bool:
        """Tell whether an account has signed in before in the browser of a key."""
        sql = "SELECT 1 FROM devices WHERE key = ? AND name = ?"
        with self._open() as connection:
            return connection.execute(sql, (_hashed(key), name)).fetchone() is not None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, making it where it is not there yet."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            for statement in _TABLES:
                connection.execute(statement)
            yield connection


def _forget(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("DELETE FROM sessions WHERE name = ?", (name,))


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


# A hash of a password that nobody has, so that an unknown name costs as much as a wrong password.
_NOBODY = PasswordHasher().hash(new_token())
