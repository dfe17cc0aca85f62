"""What is merged, and what is grouped when it is shown."""

from hypothesis import given
from hypothesis import strategies as st

from glossary.merging import grouped, merge
from glossary.model import Entry, Sense, Source

SENSES = st.lists(
    st.builds(
        Sense,
        definition=st.none()
        | st.sampled_from(
            ["市级平台。", "市級平台", "区级窗口。", "区级窗口，2023年设立，办理居民事项，全天开放。"]
        ),
        members=st.sampled_from([(), ("甲", "乙")]),
        source=st.builds(Source, id=st.sampled_from("abc")),
    ),
    max_size=6,
)


@given(SENSES)
def test_no_sense_is_lost_in_grouping(senses):
    groups = grouped(senses)
    assert sorted(map(repr, senses)) == sorted(repr(sense) for group in groups for sense in group)
    for group in groups:
        assert len({sense.members for sense in group}) == 1
        assert len({sense.definition is None for sense in group}) == 1


def test_copied_definitions_are_one_group():
    last = Sense(definition="由街道牵头、多部门参与的联合治理机制，每月会商一次，结果向居民公布。")
    this = Sense(definition="由街道领头、多部门参与的联合治理机制，每月会商一次，结果向居民公布。")
    other = Sense(definition="由区里牵头的评估办法。")
    assert grouped([last, other, this]) == [(last, this), (other,)]


def test_other_members_are_another_sense():
    one, two = (
        Sense(definition="三项改革。", members=("甲", "乙", "丙")),
        Sense(definition="三项改革。", members=("甲", "乙", "丁")),
    )
    assert grouped([one, two]) == [(one,), (two,)]


@given(SENSES, st.randoms())
def test_merging_does_not_hang_on_order(senses, chance):
    entries = [Entry(headword="一网通办", senses=(sense,)) for sense in senses] or [
        Entry(headword="一网通办")
    ]
    shuffled = entries[:]
    chance.shuffle(shuffled)
    assert merge(entries) == merge(shuffled)


def test_other_figures_and_negations_are_other_senses():
    plan = "到{}年，城区绿道网络的覆盖率达到{}，由园林部门逐年公布建设情况并接受监督。"
    rule = "办事窗口{}以设置任何前置条件，由监察部门逐年公布检查情况并接受监督。"
    for one, two in (
        (plan.format("2025", "40%"), plan.format("2035", "45%")),
        (rule.format("可"), rule.format("不可")),
    ):
        assert len(grouped([Sense(definition=one), Sense(definition=two)])) == 2
