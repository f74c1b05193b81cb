"""What is proved of a version's rules, and where a draft that fails is to be mended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ownway.policy import proof, proving
from ownway.policy.graph import Graph
from ownway.policy.packs import Pack
from ownway.policy.proving import Claim


@dataclass(frozen=True)
class Proof:
    """Every claim about one set of rules."""

    claims: tuple[Claim, ...]

    @property
    def failed(self) -> tuple[Claim, ...]:
        """Claims that could not be shown."""
        return tuple(claim for claim in self.claims if not claim.holds)

    @property
    def holds(self) -> bool:
        """Whether all of it is shown."""
        return not self.failed


@dataclass(frozen=True)
class Fault:
    """Something a draft breaks: the numbers at fault, what is wrong, and what would mend it."""

    numbers: tuple[str, ...]
    place: str
    reason: str
    mend: str


def proof_of(pack: Pack) -> Proof:
    """Everything shown, or not, of the rules as they stand on their day."""
    return Proof(proving.claims(pack))


def faults(pack: Pack) -> list[Fault]:
    """What keeps rules from going on, each once, with the numbers that could mend it."""
    found: dict[tuple[tuple[str, ...], str], Fault] = {}
    for claim in proof_of(pack).failed:
        names = (g for g in sorted(pack.graphs, key=len, reverse=True) if _about(claim, g))
        name = next(names, None)
        fault = _fault(claim, pack.graph(name), pack) if name else _plain(claim)
        found.setdefault((fault.numbers, fault.mend), fault)
    return list(found.values())


def _about(claim: Claim, graph: str) -> bool:
    return claim.words.startswith(f"{graph}: ")


def _plain(claim: Claim) -> Fault:
    return Fault((), "the rules", f"It would break this: {claim.words}.", claim.because)


def _fault(claim: Claim, graph: Graph, pack: Pack) -> Fault:
    said = claim.words.removeprefix(f"{graph.name}: ")
    if "too large" in said:
        big = proof.show(graph, pack.numbers).too_big
        read = tuple(dict.fromkeys(_behind(graph, big)))
        mend = "Lower one of these: " + _labels(read, pack)
        return Fault(read, graph.name, f"It would break this: {said} ({claim.because}).", mend)
    picks = [node.numbers for node in graph.nodes if node.kind == "pick"]
    falls = [names for names in picks if not _rises(names, pack)]
    read = tuple(dict.fromkeys(name for names in falls for name in names if name))
    mends = [f"Put these in order, least first: {_labels(filter(None, n), pack)}" for n in falls]
    reason = f"It would break this: {said}" + (f" ({claim.because})." if claim.because else ".")
    return Fault(read, graph.name, reason, ". ".join(mends) or "Put the number back as it was")


def _behind(graph: Graph, nodes: Iterable[str]) -> Iterator[str]:
    """The numbers that reach the first node that fails."""
    left = list(nodes)[:1]
    while left:
        node = graph.by_name[left.pop()]
        yield from filter(None, node.numbers)
        left += node.of


def _rises(names: tuple[str, ...], pack: Pack) -> bool:
    values = [pack.numbers[name].value if name else 0 for name in names]
    known = [one for one in values if isinstance(one, int)]
    return known == sorted(known)


def _labels(names: Iterable[str], pack: Pack) -> str:
    return "; ".join(pack.number(name).label or name for name in names)
