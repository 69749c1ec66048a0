"""The trees are those of RFC 6962: others' software works out the same roots, and follows our paths."""

from hypothesis import given
from hypothesis import strategies as st

from storage.merkle import EMPTY, Tree, paths
from storage.proof.verify import climbed, leaf_hash

# The leaves and roots that implementations of Certificate Transparency are tested with.
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root(leaves: list[bytes]) -> bytes:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.size == len(leaves)
    return tree.root


def test_the_roots_are_those_of_certificate_transparency() -> None:
    hashed = [leaf_hash(leaf) for leaf in LEAVES]

    assert [root(hashed[:count]).hex() for count in range(1, 9)] == ROOTS
    assert root([]) == EMPTY


@given(st.integers(1, 200), st.data())
def test_each_path_leads_to_the_root_and_from_no_other_leaf_or_place(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    wanted = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=5))
    top = root(leaves)

    found = paths(leaves, wanted)

    assert set(found) == wanted
    for index, path in found.items():
        assert climbed(leaves[index], index, size, path) == top
        assert climbed(leaf_hash(b"other"), index, size, path) != top
        assert size == 1 or climbed(leaves[index], (index + 1) % size, size, path) != top
        assert climbed(leaves[index], index, size, [*path, top]) is None
        assert not path or climbed(leaves[index], index, size, path[:-1]) != top
    assert climbed(leaves[0], size, size, []) is None
