"""Page furniture: page numbers, running heads, jump lines, and the lines a web page puts round a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from glossary.text import simplify

__all__ = ["furniture"]

_PAGE = re.compile(
    r"[-—–―－·•~\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*[页頁])?(?:\s*[/／,，]?\s*共?\s*[0-9０-９]{1,4}\s*[页頁]?)?[-—–―－·•~\s]*"
)
_LONG = 160
_RULE = re.compile(r"[-–—―─━═_=*~＿﹍…·.\s]{3,}")
# 临江日报　2021年3月2日　星期二
_MASTHEAD = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*星期[一二三四五六日天]")
_PICTURE = re.compile(r"[\w-]{0,40}\.(?:png|jpe?g|gif|webp|bmp)|\[?图片\]?", re.IGNORECASE)
_BARE = re.compile(r"[0-9０-９]{1,4}")
_JUMP = re.compile(
    r"[（(【\[]?\s*[上下][转轉接]\s*第?\s*[A-Z]?\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[版页頁]\s*[）)】\]]?"
)

# Words of which a navigation line is made. A line is furniture when next to nothing else stands on it.
_CHROME = re.compile(
    "|".join(
        (
            "设为首页|設為首頁|收藏本站|加入收藏|返回顶部|返回頂部|返回首页|返回列表|返回目录|返回目錄|返回上[级級]|回到顶部|回到頂部",
            "快速回复|快速回復|回复本帖|您需要登录后才可以回帖|立即注册|本版积分规则|复制链接|複製鏈接|只看该作者",
            "打印本[页頁]|打印|列印|关闭窗口|關閉視窗|关闭|關閉|友善列印|转发|轉發|收藏|点赞|在看|分享到?|点分享|点收藏|点在看",
            "字体|字體|字号|字號|字級|扫一扫|掃一掃|手机查看|手机阅读|无障碍|微信|微博|朋友圈|QQ空间|二维码",
            "上一[篇页条則]|下一[篇页条則]|較?上一篇|较旧一篇|较新一篇|相关(?:链接|阅读|新闻|文章|附件|稿件|词条)|相關(?:連結|閱讀|新聞|文章|詞條)|推荐阅读|延伸阅读",
            "热门词条|熱門詞條|热点推荐|联系我们|聯絡我們|关于我们|關於我們|网站地图|網站地圖|网站声明|隐私|隱私",
            "主办单位|主辦單位|主办|承办单位|承办|技术支持|网站标识码|ICP备|公网安备|版权所有|版權所有|Copyright|All Rights Reserved|Powered by",
            "责任编辑|責任編輯|编辑|編輯|责编|审核|校对|校對|美编|作者|供稿|撰稿|文字整理|资料整理|本报记者|本報記者|来源|來源|文章来源|信息来源|发布时间|發布時間|发布日期|浏览次数|瀏覽次數|阅读次数|点击数|访问量|阅读|最近更新|最後更新|更新日期|发稿",
            "查看|回复|下载|下載|附件下载|客服中心|在线咨询|电话|電話|传真|傳真|電郵|邮箱|邮编|地址",
        )
    )
)
_FILL = re.compile(
    r"[\s:：|｜/\\·•,，。.、!！>»<«()（）\[\]【】—\-*+#&@~0-9０-９a-zA-Z年月日时時分次大中小]+"
)
# Lines that open with one of these say where the page comes from, whatever name follows.
_CREDIT = re.compile(
    "[（(【\\[■□◆*※]?\\s*(?:本文)?(?:来源|來源|文章来源|信息来源|稿源|资料来源|责任编辑|責任編輯|责编|主办单位|主办|主辦單位|承办|版权所有|版權所有|网站标识码|联系电话|電話|电话|传真|傳真"
    "|电子邮箱|電郵|地址|(?:本版)?(?:责编|責編|版式|美编|视觉|排版|制图|图片|摄影|统筹|监制|策划|值班编委)|投稿(?:信箱|邮箱)|查询热线|抄送|主送|印发|报送|分送|(?:编制|发布|主管|承办|支持|制作|监制|编印|协办)单位|封面(?:相片|照片|图片|设计)?|印刷(?:数量)?|承印|出版|编印|本报记者|本报讯|作者|供稿|编辑|編輯|校对|審核|审核|发布时间|發布時間|发布日期|发布人|浏览次数|阅读次数|点击数|最近更新日期|上一篇|下一篇|较旧一篇|较新一篇|上一条|下一条|相关链接|相关阅读|扫一扫|扫码|微信扫|分享到|转载请注明)"
    "\\s*[】\\]]?\\s*[:：　 ]"
)
_RIGHTS = re.compile(
    "版权所有|版權所有|未经许可|不得转载|转载请注明|轉載請註明|All [Rr]ights [Rr]eserved|侵权|免责声明"
)


def furniture(lines: Sequence[str]) -> list[str | None]:
    """Say for each line why it is page furniture ("page", "running head", "jump", "rule", "picture", "web"), or `None`.

    A bare number counts as a page number only where it goes up by one from the last such number and text stands
    between them, as it does on pages; numbers that count the entries of an annex are told apart by what follows
    them (see `harvesting.marks`), so a bare number next to a running head or inside a sentence is a page number.
    """
    whys: list[str | None] = [None] * len(lines)
    lines = [simplify(line) if len(line) <= _LONG else line for line in lines]
    short = Counter(line for line in lines if 3 <= len(line) <= 60)
    for i, line in enumerate(lines):
        if len(line) <= 20:
            if _JUMP.fullmatch(line):
                whys[i] = "jump"
                continue
            if _PAGE.fullmatch(line) and not _BARE.fullmatch(line):
                whys[i] = "page"
                continue
        if len(line) <= 60 and _MASTHEAD.search(line):
            whys[i] = "running head"
        elif _RULE.fullmatch(line):
            whys[i] = "rule"
        elif _PICTURE.fullmatch(line):
            whys[i] = "picture"
        elif _is_chrome(line):
            whys[i] = "web"
    for i, line in enumerate(lines):
        if _BARE.fullmatch(line) and _is_page_number(lines, whys, short, i):
            whys[i] = "page"
    beside: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if whys[i] is None and short[line] >= 2:
            near = [whys[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
            if "page" in near:
                beside[line].append(i)
    for places in beside.values():
        # 第四部分　名词解释 may stand next to a page number once, at the end of the contents
        if len(places) >= 2:
            for i in places:
                whys[i] = "running head"
    return whys


def _is_page_number(lines: Sequence[str], whys: Sequence[str | None], short: Counter[str], i: int) -> bool:
    """Tell a page number that stands bare on its line from the number of an entry."""
    before = lines[i - 1] if i else ""
    after = lines[i + 1] if i + 1 < len(lines) else ""
    if short[after] >= 2 and not _BARE.fullmatch(after) and len(after) >= 6 and _is_head(lines, after):
        return True
    # in the middle of a sentence: 把这 / 11 / 三项支出
    return bool(before) and before[-1] not in "。！？；：”）.!?;:)" and len(before) >= 20 and len(after) >= 8


def _is_head(lines: Sequence[str], head: str) -> bool:
    """Tell whether a repeated line is a running head: it always stands behind a bare number."""
    places = [j for j, line in enumerate(lines) if line == head]
    return sum(bool(j and _BARE.fullmatch(lines[j - 1])) for j in places) >= max(2, len(places) - 1)


def _is_chrome(line: str) -> bool:
    if len(line) > _LONG:
        return False
    if _CREDIT.match(line) or (len(line) <= 60 and _RIGHTS.search(line)):
        return True
    words = _CHROME.findall(line)
    if not words:
        return False
    rest = _FILL.sub("", _CHROME.sub("", line))
    # 分享計劃 is no navigation, 分享到：微信 is
    return len(rest) <= (0 if len(words) == 1 else 3 * len(words)) and not line.endswith("。")
