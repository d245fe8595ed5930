"""A guide as the sheets that are carried on the day: Word and PDF are both made from these blocks."""

from collections.abc import Iterable, Iterator

from macros.models import Guide
from macros.models.drills import BLANK
from macros.word_files import Grid, Paragraph

GROUP_ROWS, SIGN_ROWS, IMPROVEMENT_ROWS = 12, 20, 6
#: A line to write on, with what belongs there.
LINE = "＿＿＿＿＿＿（{}）"


def sheets(guide: Guide) -> Iterator[Paragraph | Grid]:
    """Each sheet starts on a page of its own; 〔blanks〕 stand as written and are filled in later."""
    yield Paragraph("题名", guide.title)
    yield Paragraph("正文", guide.purpose)
    yield from _filled(guide)
    yield from _before(guide)
    yield from _script(guide)
    yield from _cards(guide)
    yield from _role_cards(guide)
    yield from _notices(guide)
    yield from _count(guide)
    yield from _scorecard(guide)
    yield from _afterwards(guide)


def without_values(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """The sheets as they are printed for a pen: a line for each 〔blank〕, nothing for a group's."""
    for block in blocks:
        if isinstance(block, Grid):
            yield block._replace(rows=tuple(tuple(_line(cell) for cell in row) for row in block.rows))
        else:
            yield block._replace(text=_line(block.text))


def _line(text: str) -> str:
    return BLANK.sub(lambda found: "" if found[1].startswith("第") else LINE.format(found[1]), text)


def _filled(guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Grid(("项目", "本次演练"), tuple((blank.label, f"〔{blank.label}〕") for blank in guide.blanks), (1, 3))
    yield Grid(("级别", "给谁", "怎么演"), tuple((level.name, level.who, level.how) for level in guide.levels), (2, 3, 5))


def _before(guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Paragraph("标题", "开始前的安全检查（有一项没做到，就不开始）")
    yield from (Paragraph("正文", f"□ {line.text}") for line in guide.safety)
    yield Paragraph("正文", f"停止口令：“{guide.stop_word}”。谁看到危险都可以喊，喊了就停。")
    yield Paragraph("标题", "要准备的东西")
    yield from (Paragraph("正文", f"□ {item}") for item in guide.materials)


def _script(guide: Guide) -> Iterator[Paragraph | Grid]:
    names = {role.id: role.name for role in guide.roles}
    yield Paragraph("分页")
    yield Paragraph("标题", "脚本（时间从信号响起算，分:秒）")
    rows = tuple((step.at, f"{names[step.who]}\n{step.where}", f"{step.text}\n“{step.says}”") for step in guide.script)
    yield Grid(("时间", "谁，在哪里", "做什么，说什么"), rows, (1, 2, 6))
    if guide.injects:
        yield Paragraph("标题", "突发情况")
        injects = tuple((item.at or "随时", names[item.to], item.situation, item.expects) for item in guide.injects)
        yield Grid(("什么时候", "交给谁", "情况", "应当怎样做"), injects, (1, 1, 3, 3))


def _cards(guide: Guide) -> Iterator[Paragraph | Grid]:
    """A situation card a page, to hand out; the facilitator's notes come after all of them."""
    names = {role.id: role.name for role in guide.roles}
    for card in guide.cards:
        yield Paragraph("分页")
        yield Paragraph("标题", f"情景卡 {card.at} {card.title}")
        yield Paragraph("正文", card.situation)
        yield Grid(("谁", "问题", "决定，几点几分"), tuple((names[ask.who], ask.text, "") for ask in card.asks), (1, 3, 3))
    if guide.cards:
        yield Paragraph("分页")
        yield Paragraph("标题", "主持人看：每张卡要听到什么")
        yield Grid(("情景卡", "要听到什么"), tuple((f"{card.at} {card.title}", "\n".join(card.notes)) for card in guide.cards), (1, 3))


def _role_cards(guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Paragraph("分页")
    yield Paragraph("标题", "角色卡（剪开发下去）")
    rows = tuple((f"{role.name}\n（{role.people}）", "\n".join(f"□ {task}" for task in role.tasks)) for role in guide.roles)
    yield Grid(("角色", "要做的事"), rows, (1, 3))


def _notices(guide: Guide) -> Iterator[Paragraph | Grid]:
    for notice in guide.notices:
        yield Paragraph("分页")
        yield Paragraph("题名", "演练通知")
        yield Paragraph("标题", f"给{notice.to}")
        yield Paragraph("正文", notice.text)


def _count(guide: Guide) -> Iterator[Paragraph | Grid]:
    if guide.groups:
        yield Paragraph("分页")
        yield Paragraph("标题", "点名表")
        rows = tuple((f"〔第{row}组〕", f"〔第{row}组人数〕", "", "") for row in range(1, GROUP_ROWS + 1))
        yield Grid((guide.groups.name, "应到", "实到", "缺谁、最后在哪里见到"), rows, (2, 1, 1, 3))
    yield Paragraph("分页")
    yield Paragraph("标题", "签到表")
    yield Grid(("序号", "角色或单位", "工作人员签字"), tuple((str(row), "", "") for row in range(1, SIGN_ROWS + 1)), (1, 3, 3))


def _scorecard(guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Paragraph("分页")
    yield Paragraph("标题", "评分表")
    yield Grid(("看什么", "分值", "结果", "得分"), tuple(_score_row(score) for score in guide.scores), (5, 1, 3, 1))
    yield from (Paragraph("正文", f"□ {void}：这次不计分") for void in guide.voids)
    yield Grid(("得分", "说明什么"), tuple((f"{outcome.least} 分起", outcome.means) for outcome in guide.outcomes), (1, 4))


def _score_row(score) -> tuple[str, str, str, str]:
    entry = {"有无": "□ 做到了", "计数": f"做到____ 共____（{score.whole}）", "计时": "用了____秒"}[score.how]
    limit = f"\n（{score.limit_seconds} 秒以内得分）" if score.limit_seconds else ""
    applies = f"\n只用于：{score.applies}。□ 不适用" if score.applies else ""
    return f"{score.text}{limit}{applies}", str(score.weight), entry, ""


def _afterwards(guide: Guide) -> Iterator[Paragraph | Grid]:
    yield Paragraph("分页")
    yield Paragraph("标题", "复盘五问")
    yield Grid(("问题", "记录"), tuple((question, "\n\n") for question in guide.review), (1, 2))
    yield Paragraph("标题", "改进表")
    yield Grid(("问题", "怎么改", "谁来改", "哪天改完", "改了没有"), (("", "", "", "", ""),) * IMPROVEMENT_ROWS, (3, 3, 1, 1, 1))
