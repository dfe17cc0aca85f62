"""What a report says of itself: cases are a text and the answers beside it, in `metadata/`."""

import re
import tomllib
from pathlib import Path

import pytest
from conftest import SHARED

import glossary

CASES = Path(__file__).parent / "metadata"
KNOWN = tomllib.loads((CASES / "known-failures.toml").read_text(encoding="utf-8"))
FIELDS = ("title", "region", "year", "date", "meeting", "speaker", "script")


def squeezed(text: object) -> object:
    return re.sub(r"\s+", "", text) if isinstance(text, str) else text


@pytest.mark.parametrize("field", [*FIELDS, "body_starts", "body_ends"])
@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_reads_what_the_report_says(path: Path, field: str, request: pytest.FixtureRequest) -> None:
    if f"{path.stem}:{field}" in KNOWN:
        request.applymarker(pytest.mark.xfail(reason=KNOWN[f"{path.stem}:{field}"], strict=True))
    wanted = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))["report"]
    report = glossary.harvest(glossary.read(path)).report
    right = [squeezed(value) for value in [wanted.get(field), *wanted.get(f"{field}_also_ok", [])]]
    body = squeezed(report.text[report.body[0] : report.body[1]])
    if field == "body_starts":
        assert body[: len(right[0])] in right
    elif field == "body_ends":
        assert body.endswith(tuple(right))
    else:
        assert squeezed(getattr(report, field)) in right


@pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="../shared/reports is not here")
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "huangpu-2023",
            {
                "title": "2023年上海市黄浦区政府工作报告",
                "region": "上海市黄浦区",
                "year": 2023,
                "date": "2023-01-06",
                "meeting": "上海市黄浦区第三届人民代表大会第三次会议",
                "speaker": "沈山州",
                "script": "hans",
            },
        ),
        (
            "hongkou-2018",
            {
                "title": "政府工作报告",
                "region": "上海市虹口区",
                "year": 2018,
                "date": None,
                "meeting": None,
                "speaker": "赵永峰",
                "script": "hans",
            },
        ),
        (
            "xuhui-2019",
            {
                "title": "2019年上海市徐汇区政府工作报告",
                "region": "上海市徐汇区",
                "year": 2019,
                "date": "2019-01-16",
                "meeting": "上海市徐汇区第十六届人民代表大会第四次会议",
                "speaker": "方世忠",
                "script": "hans",
            },
        ),
        (
            "huangpu-2020h1-hant",
            {
                "title": "黃浦區人民政府2020年上半年工作情況的報告",
                "region": "上海市黄浦区",
                "year": 2020,
                "date": None,
                "meeting": None,
                "speaker": None,
                "script": "hant",
            },
        ),
    ],
)
def test_reads_the_real_reports(name: str, wanted: dict[str, object]) -> None:
    report = glossary.read(SHARED / f"reports/{name}.txt")
    assert {field: getattr(report, field) for field in FIELDS} == wanted
