"""What a harvest of an annex must hold, in a hundred layouts: see `layouts/README.md` for the format of a case."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from conftest import SHARED

import glossary

LAYOUTS = Path(__file__).parent / "layouts"
KNOWN = tomllib.loads((LAYOUTS / "known-failures.toml").read_text(encoding="utf-8"))


def loose(text: str) -> str:
    """Quotes, width and blanks don't count in a headword."""
    text = text.translate({0xFF01 + i: 0x21 + i for i in range(94)})
    return re.sub(r"[\s\u3000“”\"'‘’「」『』〝〞＂]", "", text).lower()


def squeezed(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def differences(path: Path, wanted: list[dict[str, object]], tolerated: list[str]) -> list[str]:
    """Say what a harvest has wrong: headwords missing or too many, definitions that begin or end elsewhere."""
    found = list(glossary.harvest(glossary.read(path)).entries)
    wrong = []
    for want in wanted:
        names = {loose(name) for name in [want["term"], *want.get("also_ok", [])]}
        entry = next((entry for entry in found if loose(entry.headword) in names), None)
        if entry is None:
            wrong.append(f"missing {want['term']}")
            continue
        found.remove(entry)
        text = squeezed(entry.sense.definition)
        starts = [squeezed(s) for s in [want["starts"], *want.get("also_ok_starts", [])]]
        ends = [squeezed(s) for s in [want["ends"], *want.get("also_ok_ends", [])]]
        if not text.startswith(tuple(starts)) or not text.endswith(tuple(ends)):
            wrong.append(f"{want['term']} runs {text[:12]} … {text[-12:]}, want {starts[0]} … {ends[0]}")
    known = {loose(term) for term in tolerated}
    return wrong + [f"no entry: {entry.headword}" for entry in found if loose(entry.headword) not in known]


def cases() -> list[object]:
    return [
        pytest.param(
            path,
            id=path.stem,
            marks=pytest.mark.xfail(reason=KNOWN[path.stem], strict=True) if path.stem in KNOWN else (),
        )
        for path in sorted(LAYOUTS.glob("*.txt"))
    ]


@pytest.mark.parametrize("path", cases())
def test_reads_the_layout(path: Path) -> None:
    case = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    assert differences(path, case.get("entry", []), case.get("tolerated", [])) == []


@pytest.mark.parametrize("path", sorted(LAYOUTS.glob("*.txt")), ids=lambda path: path.stem)
def test_offsets_lead_back_to_the_text(path: Path) -> None:
    harvest = glossary.harvest(glossary.read(path))
    text = harvest.report.text
    converted = re.search("&[a-z]+;|<[a-z/]", text)
    for entry in harvest.entries:
        sense = entry.sense
        kept, at = "", sense.start
        for start, end in sense.gaps:
            assert sense.start <= at <= start < end <= sense.end
            kept, at = kept + text[at:start], end
        kept += text[at : sense.end]
        if not converted:
            assert kept == sense.definition
        section = harvest.sections[entry.section]
        assert section.start <= entry.start < entry.end <= section.end
        for sub in sense.subterms:
            assert sense.start <= sub.start < sub.end <= sense.end


@pytest.mark.skipif(not (SHARED / "formats").is_dir(), reason="../shared/formats is not here")
@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in (SHARED / "formats/gold.jsonl").read_text(encoding="utf-8").splitlines()]
    if (SHARED / "formats").is_dir()
    else [],
    ids=lambda case: case["file"],
)
def test_reads_the_shared_formats(case: dict[str, object]) -> None:
    wanted = [
        {
            "term": entry["term"],
            "also_ok": entry.get("also_ok", []),
            "starts": entry["definition_starts"],
            "also_ok_starts": entry.get("also_ok_starts", []),
            "ends": entry["definition_ends"],
            "also_ok_ends": entry.get("also_ok_ends", []),
        }
        for entry in case["entries"]
    ]
    assert differences(SHARED / "formats" / case["file"], wanted, case.get("tolerated_terms", [])) == []
