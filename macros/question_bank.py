"""The whole bank: quizzes with the questions they take from each other, and a quiz per plan from its own items."""

from collections.abc import Iterator
from datetime import date

from macros.loading import Dataset
from macros.models import Option, Plan, Question, Quiz, Reference, Risk

#: Questions of one plan's quiz, at most.
LONGEST_PLAN_QUIZ = 15
COURSE_ORDER = ("课程", "专题", "灾种", "规划")


def all_quizzes(dataset: Dataset) -> tuple[Quiz, ...]:
    """Every quiz of the site, whole: courses first, then themes, hazards and plans."""
    written = [_whole(dataset, quiz) for quiz in dataset.quizzes.values()]
    made = [quiz for plan in dataset.plans.values() if (quiz := _plan_quiz(dataset, plan))]
    return tuple(sorted((*written, *made), key=lambda quiz: COURSE_ORDER.index(quiz.kind)))


def whole_quiz(dataset: Dataset, quiz_id: str) -> Quiz:
    """One quiz with the questions it takes from others."""
    return _whole(dataset, dataset.quizzes[quiz_id])


def quiz_of_hazard(dataset: Dataset, hazard: str) -> Quiz | None:
    quiz = dataset.quizzes.get(hazard)
    return quiz if quiz and quiz.kind == "灾种" else None


def _whole(dataset: Dataset, quiz: Quiz) -> Quiz:
    """The quiz with what it takes; a taken question carries its own quiz in its id, so that ids stay apart."""
    taken = tuple(_taken(dataset, key) for key in quiz.take)
    return quiz.model_copy(update={"questions": (*quiz.questions, *taken)}) if taken else quiz


def _taken(dataset: Dataset, key: str) -> Question:
    quiz_id, _, question_id = key.partition("#")
    question = next(q for q in dataset.quizzes[quiz_id].questions if q.id == question_id)
    return question.model_copy(update={"id": f"{quiz_id}-{question_id}"})


def _plan_quiz(dataset: Dataset, plan: Plan) -> Quiz | None:
    """What the plan's own risks and shelters mean for a person; None where the plan names neither."""
    questions = tuple(_plan_questions(dataset, plan))[:LONGEST_PLAN_QUIZ]
    if not questions:
        return None
    return Quiz(
        id=f"plan-{plan.id}",
        title=f"{dataset.regions[plan.region].short_name}：规划点名的风险，你会应对吗",
        kind="规划",
        topics=tuple(dict.fromkeys(risk.hazard for risk in plan.risks if risk.hazard in dataset.quizzes)) or ("shelters",),
        reviewed=_oldest_review(dataset, plan),
        questions=questions,
    )


def _plan_questions(dataset: Dataset, plan: Plan) -> Iterator[Question]:
    shelter = _shelter_question(dataset, plan)
    if shelter:
        yield shelter
    for risk in _risks(dataset, plan):
        quiz = quiz_of_hazard(dataset, risk.hazard)
        if quiz and quiz.questions:
            yield _about(dataset, plan, risk, quiz)


def _risks(dataset: Dataset, plan: Plan) -> list[Risk]:
    """One a hazard, in the plan's order."""
    return list({risk.hazard: risk for risk in reversed(plan.risks)}.values())[::-1]


def _about(dataset: Dataset, plan: Plan, risk: Risk, quiz: Quiz) -> Question:
    """A question of the hazard's quiz, told where the plan names the hazard."""
    question = quiz.questions[0]
    place = dataset.regions[plan.region].short_name
    told = f"{place}的规划（{plan.period.years}年）点名了这个风险：{risk.summary}"
    scene = f"{told}{'' if told.endswith('。') else '。'}{question.scene or ''}"
    return question.model_copy(update={"id": f"{quiz.id}-{question.id}", "scene": scene})


def _shelter_question(dataset: Dataset, plan: Plan) -> Question | None:
    """The one thing to know about a named shelter: named is not open."""
    named = [place for place in plan.places if place.kind == "避难场所"]
    if not named:
        return None
    return Question(
        id="named-shelter",
        kind="单选",
        scene=f"规划（{plan.period.years}年）点名了“{named[0].name}”作应急避难场所，条目里写的状态是：{named[0].status or '待核实'}。",
        text="灾害来了，你打算去那里，先要确认什么？",
        options=(
            Option(text="它有没有写在规划里，写了就能直接去"),
            Option(
                text="当地有没有通知它已经开放",
                right=True,
                explanation="指定的场所不等于已经开放，以当地通知为准；平时先问清离家最近的在哪里。",
            ),
            Option(text="它的面积是不是比别处大"),
        ),
        reference=Reference(page=f"plans/{plan.id}/index", source=plan.id, at=named[0].cites[0].at),
    )


def _oldest_review(dataset: Dataset, plan: Plan) -> date:
    """A made quiz is as fresh as the oldest quiz it draws on."""
    drawn = (quiz_of_hazard(dataset, risk.hazard) for risk in plan.risks)
    return min((quiz.reviewed for quiz in drawn if quiz), default=date(2026, 11, 21))
