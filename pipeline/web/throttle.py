"""How often something may be tried: a few times at once, then one more at a time; what is tried is forgotten again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

MOST = 10_000
"""Keys that a throttle remembers; those that were touched longest ago go first."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at once, and one more every so many seconds."""

    burst: int
    every: float


class Throttle:
    """Counts the attempts of each key, as a bucket that leaks: one attempt every `limit.every` seconds.

    Times are seconds on any clock that the caller keeps to.
    """

    def __init__(self, limit: Limit, most: int = MOST) -> None:
        self._limit = limit
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how full, and when that was

    def attempt(self, key: str, now: float) -> float:
        """Count an attempt and return 0, or return how many seconds to wait, counting nothing."""
        level = self._level(key, now) + 1
        if level > self._limit.burst:
            return (level - self._limit.burst) * self._limit.every
        self._put(key, level, now)
        return 0.0

    def give_back(self, key: str, now: float) -> None:
        """Take back an attempt that turned out to be rightful."""
        self._put(key, max(self._level(key, now) - 1, 0), now)

    def forget(self, key: str) -> None:
        """Forget a key's attempts."""
        self._buckets.pop(key, None)

    def __len__(self) -> int:
        return len(self._buckets)

    def _level(self, key: str, now: float) -> float:
        level, at = self._buckets.get(key, (0.0, now))
        return max(level - max(now - at, 0) / self._limit.every, 0)

    def _put(self, key: str, level: float, now: float) -> None:
        self._buckets[key] = level, now
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)


def network(host: str) -> str:
    """Return whom an address stands for: itself, or of IPv6 the network of 64 bits that one customer is given.

    >>> network("10.0.0.7"), network("2001:db8:1:2:3:4:5:6"), network("::ffff:10.0.0.7"), network("lan-pc")
    ('10.0.0.7', '2001:db8:1:2::', '10.0.0.7', 'lan-pc')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> 64 << 64))
