"""Who is let in: passwords are checked, attempts counted by account and by address, and logged without passwords."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from pipeline.web.accounts import Accounts, User
from pipeline.web.throttle import Limit, Throttle, network

OF_ACCOUNT, OF_ADDRESS = Limit(burst=5, every=30), Limit(burst=20, every=10)
"""How often one account, and one address, may be tried."""

_HASHING = 2  # passwords checked at the same time: argon2 takes 64 MiB for each

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Lets in whoever knows a password, and slows down who guesses.

    In a browser that an account has used before, its attempts are counted apart: a stranger who guesses elsewhere
    does not shut its owner out.
    """

    accounts: Accounts
    by_account: Throttle = field(default_factory=lambda: Throttle(OF_ACCOUNT))
    by_address: Throttle = field(default_factory=lambda: Throttle(OF_ADDRESS))
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HASHING))

    async def check(self, name: str, password: str, *, host: str, device: str, now: float) -> User | float | None:
        """Return the user, None for a wrong name or password, or the seconds to wait before the next attempt."""
        known, ours = await run_in_threadpool(self._about, name, device)
        address, account = network(host), f"device {device}" if ours else f"account {name}"
        wait = self.by_address.attempt(address, now) or self.by_account.attempt(account, now)
        # A name that is no account may be a password that was typed in the wrong place.
        told = repr(name) if known else "an unknown name"
        if wait:
            log.warning("sign-in of %s from %s: too many attempts, %.0f s to wait", told, host, wait)
            return wait
        async with self.hashing:
            user = await run_in_threadpool(self.accounts.check, name, password)
        if user is None:
            log.warning("sign-in of %s from %s: wrong name or password", told, host)
            return None
        self.by_account.forget(account)
        self.by_address.give_back(address, now)
        log.info("sign-in of %s from %s", told, host)
        return user

    def _about(self, name: str, device: str) -> tuple[bool, bool]:
        return self.accounts.known(name), bool(device) and self.accounts.knows_device(device, name)
