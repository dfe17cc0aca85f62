"""A glossary of what breaks formats: their own marks, other planes, nothing at all, and very much."""

import glossary
from glossary.model import Citation, Entry, Sense, Source

MARKS = "a/b [c] {d} <e> & \"f\" 'g' \\h, i；j|k“l”《m》={{n}} %o #p ]]> -->"
LONG = "很长的释义。" * 20_000
SOURCES = [
    Source(
        id="甲-2023",
        title="甲区<报告> & “附件”",
        region="上海市",
        year=2023,
        date="2023-01-06",
        place="名词解释 1",
    ),
    Source(id="b/2024 \\x", title="乙", year=2024),
]
ENTRIES = [
    Entry(
        headword="一网通办",
        kind="initiative",
        variants=("一网通办平台", "=网|通\\办"),
        english="one-stop, “online” <services>",
        related=("双随机、一公开", "不在这里的词"),
        senses=(
            Sense(
                definition=MARKS,
                members=("第一|项", "第二、项", "第三\n项"),
                source=SOURCES[0],
                since=2018,
                citation=Citation(title="某决定", issuer="某机关", year=2018),
            ),
            Sense(definition="第一段\n第二段\t完。", source=SOURCES[1], obsolete=True),
        ),
    ),
    Entry(
        headword="双随机、一公开",
        senses=(Sense(definition="=1+1", source=SOURCES[0]), Sense(definition="@SUM(A1)", source=SOURCES[1])),
    ),
    Entry(headword="𠮷野家😀A", kind="brand", senses=(Sense(definition="𠀀字与🏳️‍🌈。"),)),
    Entry(headword="“1+X”证书", kind="shorthand", senses=(Sense(members=("学历证书", "技能证书")),)),
    Entry(headword="C/D [e] f", english="c & d"),
    Entry(headword="旧词", senses=(Sense(definition="已停用。", obsolete=True),)),
    Entry(headword="空释义", senses=(Sense(source=SOURCES[0]),)),
    Entry(headword="无义项"),
    Entry(headword="断\n行\t词", english="broken\nover lines"),
    Entry(headword="長詞", senses=(Sense(definition=LONG),)),
]
GLOSSARY = glossary.Glossary(
    glossary.Entry(
        **{f: getattr(e, f) for f in e.__struct_fields__} | {"reading": glossary.pinyin(e.headword)}
    )
    for e in ENTRIES
)
# what the reading aids have to say nothing of
SILENT = {"空释义", "无义项"}
