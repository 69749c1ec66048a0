"""Merkle trees as RFC 6962 builds them: one root for many rows, and for each row a short path that leads to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from storage.proof.verify import node_hash

EMPTY = hashlib.sha256().digest()
SIZE = 32


class Tree:
    """A root worked out leaf by leaf, in the memory of a few hashes."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        """Roots of the full subtrees so far, the largest first: one for each 1 in the binary form of ``size``."""

    def add(self, leaf: bytes) -> None:
        node, full = leaf, self.size
        while full & 1:
            node = node_hash(self._peaks.pop(), node)
            full >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY
        node = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            node = node_hash(peak, node)
        return node


def paths(leaves: Sequence[bytes], wanted: Collection[int]) -> dict[int, list[bytes]]:
    """Return the audit path of each wanted leaf, from the leaf upwards."""
    found: dict[int, list[bytes]] = {index: [] for index in wanted}
    _climb(leaves, 0, len(leaves), sorted(found), found)
    return found


def _climb(
    leaves: Sequence[bytes], start: int, end: int, wanted: Sequence[int], found: dict[int, list[bytes]]
) -> bytes:
    """Return the root of some leaves in a row; note beside what each wanted one of them stands."""
    if end - start == 1:
        return leaves[start]
    if not wanted:
        tree = Tree()
        for index in range(start, end):
            tree.add(leaves[index])
        return tree.root
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    first, second = [i for i in wanted if i < middle], [i for i in wanted if i >= middle]
    left, right = _climb(leaves, start, middle, first, found), _climb(leaves, middle, end, second, found)
    for index in first:
        found[index].append(right)
    for index in second:
        found[index].append(left)
    return node_hash(left, right)
