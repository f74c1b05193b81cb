"""What a change would do to everyone in a file, as a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from ownway.commands.policy.pages import Page, Section, Table
from ownway.design import charts
from ownway.policy import units
from ownway.policy.packs import Pack


def page(answer: Mapping[str, Any], *, pack: Pack, source: str) -> Page:
    """The answer of `policy whatif`, laid out."""
    change = answer["then"]["weekly_pence"] - answer["now"]["weekly_pence"]
    way = "more" if change > 0 else "less" if change < 0 else ""
    money = f"{_pounds(abs(change))} a week {way}" if way else "the same each week"
    over = f" with {pack.profile}" if pack.profile else ""
    return Page(
        title="What a change would do",
        lead=f"{answer['now']['people']:,} people would have {money} in all.",
        made_from=f"From {source}, by {pack.name}{over} on {pack.on}, rules {pack.hash[:12]}.",
        sections=tuple(_sections(answer, pack)),
    )


def _sections(answer: Mapping[str, Any], pack: Pack) -> Iterator[Section]:
    if answer["settings"]:
        rows = [_changed(name, value, pack) for name, value in answer["settings"].items()]
        table = Table("Each number that is changed", ("Number", "Now", "Then"), rows)
        yield Section("What is changed", table=table)
    yield _money(answer)
    yield _people(answer)
    if answer["deflator"]:
        yield _share(answer["deflator"])


def _changed(name: str, value: Any, pack: Pack) -> tuple[str, str, str]:
    now, then = pack.number(name), pack.with_settings({name: value}).number(name)
    return now.label or name, now.shown, then.shown


def _money(answer: Mapping[str, Any]) -> Section:
    both = [(word, answer[word.lower()]) for word in ("Now", "Then")]
    bars = [
        charts.Bar(word, one["weekly_pence"], _pounds(one["weekly_pence"])) for word, one in both
    ]
    limit = answer["deflator"] and answer["deflator"]["envelope_pence"]
    said = ", ".join(f"{bar.label.lower()} {bar.shown} a week" for bar in bars)
    rows = [(word, _pounds(one["weekly_pence"]), f"{one['with_budget']:,}") for word, one in both]
    return Section(
        title="The money",
        said=[f"All together: {said}."],
        drawn=charts.bars("Money each week, now and then", said, bars, target=limit),
        table=Table("Money each week", ("", "A week", "People with money"), rows),
    )


def _people(answer: Mapping[str, Any]) -> Section:
    looks = (
        ("more", "Get more", "gain"),
        ("same", "The same", "same"),
        ("less", "Get less", "lose"),
    )
    parts = [charts.Part(words, answer[name], look) for name, words, look in looks]
    said = ", ".join(f"{part.words.lower()}: {part.size:,}" for part in parts)
    rows = [(part.words, f"{part.size:,}") for part in parts]
    return Section(
        title="Who moves",
        said=[f"{said[:1].upper()}{said[1:]}."],
        drawn=charts.split_bar("Who moves", said, parts),
        table=Table("People by what happens to them", ("", "People"), rows),
    )


def _share(share: Mapping[str, Any]) -> Section:
    rows = [("The envelope", "", _pounds(share["envelope_pence"]))]
    rows.append(
        ("The greatest share within it", str(share["factor"]), _pounds(share["weekly_pence"]))
    )
    if share["next_pence"] is not None:
        rows.append(("One ten-thousandth more", "", _pounds(share["next_pence"])))
    return Section(
        title="To remain in budget",
        said=[f"A share of {share['factor']} is the greatest that stays within the envelope."],
        table=Table("The share, to the penny", ("", "Share", "A week"), rows),
    )


def _pounds(pence: int) -> str:
    return units.shown(pence, "pence")
