"""Head nouns that a quoted expression can be glued to, and what they make of it: “两旧”改造, “雪亮工程”.

Written for a linguist to change: one line a class of nouns, longest match decides, order is of no account.
"""

from __future__ import annotations

import re

__all__ = ["NAMED", "PLAIN", "glued"]

# The whole is the term: “1+X”人才政策体系, “两旧”改造, “三会”制度.
NAMED = (
    "工程 计划 行动 专项行动 行动计划 方案 规划 战略 政策 政策体系 政策包 新政 举措 意见 办法 条例 清单 指南 标准 公约"
    " 改革 制度 机制 体制 体系 模式 模型 范式 工作法 工作制 工作机制 治理体系 服务体系 服务模式 方法 做法 法"
    " 项目 试点 平台 系统 工作站 改造 整治 攻坚 攻坚战 专项整治 保卫战 斗争 专项斗争 运动 活动 创建 创建活动 办学"
    " 课程 课堂 教育 普法 联动 联动机制 责任制 负责制 承诺制 审批 监管 管理 治理 格局 布局 空间布局"
    " 指标 指数 评价体系 产业体系 产业 集群 产业集群 经济 金融 贷 保险 基金 专项资金 消费券"
    " 小区 社区 街区 楼宇 园区 学区 校区 城区 村 镇 菜场 门店 书屋 空间 驿站 家园 生活圈 服务圈 走廊 通道 廊道 专窗 窗口 热线"
    " 任务 目标 要求 原则 方针 理念 思想 精神 方略 总目标 总要求 主线 定位"
    " 企业 机构 人才 队伍 团队 班 干部 党员 家庭 学校 医院 联盟 中心 基地 示范区 示范点 新区"
    " 场景 应用场景 应用 技术 设备 终端 码 卡 证 账户 档案 数据库 信息库 地图 一张图"
).split()
# The quoted part is the term already; what follows says only what is done with it: “一网通办”服务.
PLAIN = (
    "服务 建设 工作 品牌 效应 称号 名单 榜单 作用 功能 问题 现象 特色 优势 成果 成效 水平 能力 力度 进程 时代 时期 期间 新高地 等"
).split()
# What may stand between the quote and its head noun: “三美”联动建设, “五边形”社区养老服务体系.
_LONGEST = 14
_ENDS = "[，。、；：！？）》」』”’（《「『“‘\\s,.;:!?]|$"
_HEADS = re.compile("|".join(sorted(map(re.escape, NAMED), key=len, reverse=True)))


def glued(after: str) -> tuple[int, str]:
    """Return how much of the text behind a quote belongs to the name, and the head noun that decided.

    >>> glued("改造受益居民"), glued("人才政策体系，"), glued("服务。")
    ((2, '改造'), (6, '政策体系'), (0, ''))
    """
    found = _HEADS.match(after[:_LONGEST])
    if found:
        more = _HEADS.match(after[:_LONGEST], found.end())
        end = more.end() if more and re.match(_ENDS, after[more.end() :]) else found.end()
        return end, (more or found).group()
    stretch = re.split(_ENDS, after[:_LONGEST], maxsplit=1)[0]
    for at in range(1, min(5, len(stretch))):
        found = _HEADS.match(stretch, at)
        if found and found.end() == len(stretch) and not re.search("[的了着和与及在对把将为]", stretch):
            return len(stretch), found.group()
    return 0, ""
