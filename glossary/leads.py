"""Where the first member of a list begins and the last one ends: verbs, cues and summings-up are no part of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.model import Span
from glossary.quotes import CLOSING, OPENING

__all__ = ["CUE", "ended_alike", "is_lead", "trimmed", "unquoted", "verb_off"]

# What leads to a list, the surest first; the list starts behind it.
CUE = re.compile(
    "是指的?|指的就?是|分别(?:是|为|指)|就是|即为?|包括了?|包含|涵盖|包括有|主要(?:是|为|指|有)|指(?![数标引导挥定南针])|也就是"
)
_TAIL = re.compile(
    "等?(?:这|共|合计)?(?:[两双三四五六七八九十0-9]{1,2}|几|多|各)(?:个|大|项|类|种|方面|位|者|级|条|方|门|层|点|件|步|维|张|支|所|域|座|路|线|区|网|端)"
    "|等(?=[，,的]|$|方面|内容|工作|领域)|为一体|于一体|相结合|相统一|有机统一|有机结合|的(?:简称|统称|总称|合称)|(?:的)?联动|融合发展"
)


# Verbs and prepositions that stand before a list and don't belong to its first member: 聚焦新材料、低空经济.
_LEADS = """
夯实 厚植 做细 抓细 筹建 兴建 承接 助力 借助 凭借 发起 编制 谋划 策划 举行 签约 联手 携手 牵头 办理 受理 提供 申请 缴纳 使用 享受 走访 慰问 排查 监测 检查 抽查 评估 考核 评价 展示 宣传 讲好 挖掘 保护 传承 赋能 带动 辐射 引领 支撑 优选 精选 主推 建构 搭建 架设 铺设 铺开
进一步 高标准 高质量 高水平 高效 高起点 不断 牢牢 切实 充分 更好 深度 精心 用心 广泛 严格 有力 有效 加速 逐步 初步 及时 主动 自觉 共同 合力 全力 全力以赴 奋力 统一 集中 科学 系统 聚力 倾力 用力 纵深 多措并举 因地制宜 创造性
公布 公开 梳理 新增 开发 研发 生产 种植 养殖 销售 投放 投用 启用 关闭 淘汰 取缔 清理 拆除 打击 查处 防范 遏制 消除 降低 减少 压减 取消 下放 承接 移交 划转 修订 修编
废止 起草 审议 通报 公示 上报 督促 约谈 问责 协商 商定 签署 缔结 加入 退出 参加 出席 观看 欣赏 品尝 收集 征集 吸收 吸引 招引 招募 招聘 录用 选派 选聘 选拔 派驻 轮训 培训 教育 监督
守护 呵护 关爱 帮扶 资助 救助 救治 安置 供应 储备 调配 投入 拨付 筹集 筹措 归还 偿还 置换 回购 收购 兼并 改制 改组 转化 转换 升级 迭代 贯穿 贯彻落实 衔接 串起 串珠成链 环绕 环抱 沿着
带着 扛起 锚定 抓紧 抓紧推进 实行 重组 坚持 围绕 聚焦 推进 推动 深化 强化 加强 完善 实施 开展 统筹 会同 组织 联合 突出 抓好 抓住 抓实 做好 做强 做优 做大 打造 形成 构建 建立 建成 建设 建好 健全 优化 提升 提高 促进 加快 实现 落实 贯彻 发挥 依托 利用 通过 针对 面向
整合 汇聚 集聚 培育 壮大 发展 扩大 拓展 推出 出台 制定 发布 启动 引进 引入 举办 承办 筹办 办好 创建 争创 荣获 获得 巩固 筑牢 守牢 守住 织密 兜牢 牵住 瞄准 立足 紧扣 紧盯 紧抓 把握 对接 服务 支持 鼓励 引导 保障 确保 做到
推行 推广 探索 试点 创新 运用 采取 采用 设立 组建 成立 开设 开通 开放 布局 盘活 打通 贯通 连接 串联 覆盖 涵盖 涉及 包括 包含 囊括 位于 分布 明确 确定 确立 提出 倡导 弘扬 践行 秉持 遵循 牢记 树立 增强 激发 释放 攻克 攻坚 破解
化解 整治 治理 改造 更新 修缮 新建 改建 扩建 完成 继续 持续 全面 重点 积极 着力 大力 努力 深入 扎实 稳步 有序 率先 同步 协同 协调 兼顾 分为 分成 划分为 细分为 归纳为 概括为 总结为 称为 作为 成为 列为 纳入 融入 参与 主打 主攻 打响
擦亮 打好 唱响 锻造 塑造 营造 彰显 展现 体现 配套 配备 采集 汇集 归集 叠加 用好 用足 用活 管好 管住 盯住 抓牢 抓紧 力促 力争 主抓 涌现 评选 遴选 入选 入围 指导 依靠 依据 按照 根据 基于 按 以 从 对 在 由 将 把 向 为 与 和 同 了 是 有 即 指 其中 分别 分别为 分别是 主要 主要是 特别是 尤其是 包括了 也就是 就是 是指 指的是 的
"""
_LEAD = re.compile("|".join(sorted(_LEADS.split(), key=len, reverse=True)))


# 区、街镇两级: one character may well be a member.
_SINGLE = frozenset("省市区县镇乡村街校家警企政产学研医水电气")


def is_lead(text: str) -> bool:
    """Tell whether a text is a verb that leads to a list, and nothing else.

    >>> is_lead("建立"), is_lead("建立机制")
    (True, False)
    """
    return _LEAD.fullmatch(text) is not None


_QUOTED_SUBJECT = re.compile(f"[{CLOSING}][把将]")


def verb_off(flat: str, start: int, end: int, others: Sequence[str]) -> int:
    """Find where the first member begins behind verbs, so that it is about as long as the others.

    >>> text = "会同街道推动法官"
    >>> text[verb_off(text, 0, 8, ["民警", "调解员"]) :]
    '法官'
    """
    common = _common(others) if len(others) > 1 else ""
    at = flat.rfind(common, start, end) if common else -1
    if at == start or (
        at > start
        and any(
            flat[:at].endswith(flat[x:at]) and _LEAD.fullmatch(flat, x, at)
            for x in range(max(start, at - 4), at)
        )
    ):
        return at
    opening = flat.rfind(others[0][0], start, end) if others[0].startswith(tuple(OPENING)) else -1
    if opening > start and flat[end - 1] in CLOSING:
        return opening
    governed = _QUOTED_SUBJECT.search(flat, start, end - 1)
    if governed and not any(mark in flat[governed.end() : end] for mark in CLOSING):
        # “链上望湖”把纺织、印染、成衣三个环节接到一起
        return governed.end()
    chained = _chain(flat, start, end)[-1]
    if _lead_too(others):
        # 改造东门菜场、打通柳荫路: the first has as many verbs of its own as the others
        usual = sorted(len(_chain(other, 0, len(other))) for other in others)[len(others) // 2]
        chain = _chain(flat, start, end)
        if len(chain) > 1 or not _LEAD.search(flat, start, end - 1):
            return chain[max(0, len(chain) - usual)]
        chained = start
    lengths = sorted(len(other) for other in others)
    usual = lengths[len(lengths) // 2]
    # 创新型、服务型、开放型: what all end in is not all of the first
    least = len(_common([other[::-1] for other in others])) + 1 if len(others) > 1 else 2
    # What speaks for a cut: a chain of verbs from the start ends there, or a verb inside.
    cuts = {start: 0.0}
    at = start
    while (found := _LEAD.search(flat, at, end - 1)) is not None:
        if found.end() - found.start() > 1:
            cuts[found.end()] = 1.5
        elif found.group() in "和与":
            cuts[found.end()] = 0.0
        at = found.start() + 1
    if chained > start:
        cuts[chained] = 3.0

    def strain(cut: int) -> tuple[float, int]:
        left = end - cut
        return abs(left - usual) - cuts[cut] + (
            9 if left < min(max(2, least), usual) and flat[cut] not in _SINGLE else 0
        ), cut

    return min(cuts, key=strain)


def _chain(flat: str, start: int, end: int) -> list[int]:
    """Return where a text starts and where each verb of the chain that it begins with ends."""
    ends = [start]
    while (found := _LEAD.match(flat, ends[-1], end - 1)) is not None:
        ends.append(found.end())
    return ends


def _lead_too(members: Sequence[str]) -> bool:
    """Tell whether most members begin with a verb that could as well lead to a list."""
    return 2 * sum(_LEAD.match(member) is not None for member in members) > len(members)


def trimmed(flat: str, spans: Sequence[Span], heads: Sequence[str]) -> tuple[Span, ...]:
    """Cut from the first member what leads to the list, and from the last what follows it.

    >>> text = "以区位支撑力、科技引领力、服务软实力三个维度为主"
    >>> [text[a:b] for a, b in trimmed(text, [(0, 6), (7, 12), (13, 24)], ["维度"])]
    ['区位支撑力', '科技引领力', '服务软实力']
    """
    (a, b), (c, d) = spans[0], spans[-1]
    others = [flat[x:y] for x, y in spans[1:]]
    tail = _TAIL.search(flat, c + 1, d)
    if tail and tail.start() - c >= 2:
        d = tail.start()
        others[-1] = flat[c:d]
    a = _lead(flat, a, b, others, heads)
    a, b = unquoted(flat, a, b)
    c, d = unquoted(flat, c, d)
    middle = [unquoted(flat, x, y) for x, y in spans[1:-1]]
    return ended_alike(flat, ((a, b), *middle, (c, d)))


def ended_alike(flat: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Cut the last member where the others end: 党员、网格员、物业员共同化解邻里纠纷.

    >>> text = "党员、网格员、物业员共同化解"
    >>> [text[a:b] for a, b in ended_alike(text, [(0, 2), (3, 6), (7, 14)])]
    ['党员', '网格员', '物业员']
    """
    others, (start, end) = spans[:-1], spans[-1]
    ends = {flat[b - 1] for _, b in others}
    if len(others) > 1 and len(ends) == 1 and end - start > max(b - a for a, b in others) + 2:
        at = flat.find(ends.pop(), start + 1, end)
        if at > 0:
            return (*others, (start, at + 1))
    return tuple(spans)


def _lead(flat: str, start: int, end: int, others: Sequence[str], heads: Sequence[str]) -> int:
    """Find where the first member starts: behind a cue, at what all members start with, as long as the others are."""
    for cue in CUE.finditer(flat, start, end - 1):
        start = cue.end()
    start += len(flat[start:end]) - len(flat[start:end].lstrip("：:，, "))
    common = next((head for head in heads if head and others and all(o.startswith(head) for o in others)), "")
    at = flat.rfind(common, start, end) if common else -1
    if at >= 0:
        return at
    # （巩固九年义务教育、实行免费职业教育）: nothing leads to what an explanation begins with
    return start if start == 0 and _lead_too(others) else verb_off(flat, start, end, others)


def unquoted(flat: str, start: int, end: int) -> Span:
    """Leave out marks that enclose a member.

    >>> unquoted("“应检尽检”", 0, 6)
    (1, 5)
    """
    if (
        end - start > 2
        and flat[start] in OPENING
        and flat[end - 1] in CLOSING
        and flat[start + 1 : end - 1].find(flat[end - 1]) < 0
    ):
        return start + 1, end - 1
    if end > start and flat[start] in CLOSING + "）)":
        start += 1
    return start, end


def _common(items: Sequence[str]) -> str:
    """Return what all items begin with."""
    first, last = min(items), max(items)
    return first[: next((i for i, char in enumerate(first) if char != last[i]), len(first))]
