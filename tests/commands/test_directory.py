"""The directory from the command line."""

import json
from pathlib import Path

import pytest

from ownway.commands import directory
from ownway.community.directory.models import Entry, Postcode

SERVICES = {
    "contents": [
        {"id": "1", "name": "Good", "status": "active"},
        {"id": "2", "name": "Bad"},
    ]
}


@pytest.fixture
def feed(tmp_path: Path) -> str:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(SERVICES, indent=1))
    return str(file)


def test_a_file_with_a_bad_item_is_refused_whole_and_what_is_bad_is_listed(
    db, feed, capsys
) -> None:
    code = directory.main(["import", feed, "--source", "Next Door"])

    told = capsys.readouterr().out
    assert code == 1
    assert "feed.json line 8, contents[1].status: is missing; an entry needs its status" in told
    assert "feed.json: nothing was taken (1 bad, 1 good). Mend what is listed, or take" in told
    assert "0 new, 0 changed, 0 the same, 1 refused (source: next-door)" in told
    assert not Entry.objects.exists()


def test_the_good_items_are_taken_when_that_is_asked_for(db, feed, capsys) -> None:
    code = directory.main(["import", feed, "--source", "Next Door", "--keep-good"])

    told = capsys.readouterr().out
    assert code == 1
    assert "feed.json line 8, contents[1].status: is missing; an entry needs its status" in told
    assert "nothing was taken" not in told
    assert "1 new, 0 changed, 0 the same, 1 refused (source: next-door)" in told
    assert Entry.objects.get().source.name == "next-door"


def test_of_a_folder_the_bad_page_is_refused_and_the_good_one_taken_once(
    db, tmp_path: Path, capsys
) -> None:
    good = {"contents": [{"id": "3", "name": "Third", "status": "active"}]}
    (tmp_path / "page-1.json").write_text(json.dumps(SERVICES))
    (tmp_path / "page-2.json").write_text(json.dumps(good))

    assert directory.main(["import", str(tmp_path), "--source", "pages"]) == 1
    assert "page-1.json: nothing was taken" in capsys.readouterr().out
    assert [entry.name for entry in Entry.objects.all()] == ["Third"]
    mended = {"contents": SERVICES["contents"][:1]}
    (tmp_path / "page-1.json").write_text(json.dumps(mended))

    assert directory.main(["import", str(tmp_path), "--source", "pages"]) == 0
    assert "1 new, 0 changed, 1 the same, 0 refused" in capsys.readouterr().out


def test_an_entry_of_another_source_is_bad_and_nothing_is_taken_beside_it(
    db, tmp_path: Path, capsys
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    one = {"id": "8b0ccb1c-3f0d-4e6c-9a5c-0e3f3f6f0c11", "name": "One", "status": "active"}
    first.write_text(json.dumps({"contents": [one]}))
    second.write_text(json.dumps({"contents": [one, {**SERVICES["contents"][0], "id": "9"}]}))
    directory.main(["import", str(first)])

    assert directory.main(["import", str(second)]) == 1

    assert "One: it came from first" in capsys.readouterr().out
    assert Entry.objects.get().source.name == "first"


def test_a_sheet_cut_short_far_down_is_refused_whole_even_when_the_good_is_wanted(
    db, tmp_path: Path, capsys
) -> None:
    rows = "\n".join(f"Entry {number},What" for number in range(600))
    file = tmp_path / "sheet.csv"
    file.write_text(f'name,what\n{rows}\n"Cut short')

    assert directory.main(["import", str(file), "--keep-good"]) == 1

    assert "Refused, nothing was taken: sheet.csv line 601" in capsys.readouterr().err
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "feed",
    [
        "validator-mocks/UK-Default",
        "validator-mocks/UK-Warn",
        "other-feeds/outpost-buckinghamshire-services.json",
        "other-feeds",
    ],
)
def test_a_real_feed_has_nothing_bad_in_it_and_is_taken_whole(
    db, oruk_schemas: Path, feed, capsys
) -> None:
    assert directory.main(["import", str(oruk_schemas.parent / feed), "--source", "real"]) == 0

    assert " 0 refused (source: real)" in capsys.readouterr().out
    assert Entry.objects.exists()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(db, feed, capsys) -> None:
    directory.main(["import", feed, "--dry-run", "--keep-good"])

    assert "Would be: 1 new" in capsys.readouterr().out
    assert not Entry.objects.exists()


def test_the_answer_can_be_had_in_json(db, feed, capsys) -> None:
    directory.main(["import", feed, "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert (answer["source"], answer["new"], answer["refused"][0]["line"]) == ("feed", 0, 8)
    assert len(answer["not_taken"]) == 1


@pytest.mark.parametrize(
    ("text", "reason"), [("{", "cut short"), ("[]", "Nothing in it is a service")]
)
def test_a_file_that_is_no_feed_is_refused_in_a_sentence(
    db, tmp_path: Path, capsys, text: str, reason: str
) -> None:
    file = tmp_path / "feed.json"
    file.write_text(text)

    assert directory.main(["import", str(file)]) == 1
    assert "Refused, nothing was taken: feed.json" in capsys.readouterr().err
    assert not Entry.objects.exists()


def test_what_is_not_there_and_what_is_no_file_are_refused(db, tmp_path: Path, capsys) -> None:
    assert directory.main(["import", str(tmp_path / "none.json")]) == 1
    assert directory.main(["import", "/dev/null"]) == 1
    assert directory.main(["export", str(tmp_path / "no/such/folder.json")]) == 1

    told = capsys.readouterr().err
    assert "There is no such file" in told
    assert "neither a file nor a folder" in told


def test_wrong_usage_is_two(capsys) -> None:
    assert directory.main([]) == 2
    assert directory.main(["import"]) == 2
    assert directory.main(["--help"]) == 0


def test_what_is_exported_can_be_validated_and_brought_in_again(db, feed, tmp_path, capsys) -> None:
    directory.main(["import", feed, "--source", "feed", "--keep-good"])
    out = tmp_path / "out.json"

    assert directory.main(["export", str(out)]) == 0
    assert directory.main(["validate", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Wrote 1 services" in told
    assert "1 services can be read, 0 errors" in told
    page = json.loads(out.read_text())
    assert (page["total_items"], page["empty"], page["contents"][0]["name"]) == (1, False, "Good")


def test_an_empty_directory_is_exported_as_an_empty_page(db, capsys) -> None:
    assert directory.main(["export", "-"]) == 0

    assert json.loads(capsys.readouterr().out)["empty"] is True


def test_a_feed_is_validated_with_the_schemas_given(db, feed, oruk_schemas, capsys) -> None:
    assert directory.main(["validate", feed, "--schemas", str(oruk_schemas)]) == 1

    told = capsys.readouterr().out
    assert "'1' is not a 'uuid'" in told
    assert "'status' is a required property" in told
    assert "the list page has no total_items" in told


@pytest.fixture
def oruk_schemas() -> Path:
    import os

    root = Path(
        os.environ.get("OWNWAY_STANDARDS", Path(__file__).parents[2].parent / "shared/standards")
    )
    if not (root / "oruk/schema").is_dir():
        pytest.skip("The standards are not here: set OWNWAY_STANDARDS to their folder")
    return root / "oruk/schema"


def test_postcodes_are_loaded_whole_or_the_good_ones_when_that_is_asked_for(
    db, tmp_path: Path, capsys
) -> None:
    file = tmp_path / "onspd.csv"
    file.write_text("pcds,oseast1m,osnrth1m,doterm\nAL3 4QT,450000,290000,\nbad,1,1,\n")

    assert directory.main(["postcodes", str(file)]) == 1
    told = capsys.readouterr().out
    assert "onspd.csv line 3: “bad” is not a postcode" in told
    assert "Nothing was loaded" in told
    assert not Postcode.objects.exists()
    assert directory.main(["postcodes", str(file), "--keep-good"]) == 1
    assert "Loaded 1 postcodes; 0 have no place on the grid; 1 refused" in capsys.readouterr().out
    assert Postcode.objects.get().easting == 450_000
