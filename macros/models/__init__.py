"""What a plan, region, hazard and source are: frozen records that import nothing else of ours."""

from macros.models.articles import Article, Line, Part
from macros.models.base import Record
from macros.models.drills import Guide, Step
from macros.models.hazards import Hazard, Instruction, Myth, Review, Signal, SignalLevel
from macros.models.lists import (
    CampaignList,
    ContactList,
    DutyList,
    Glossary,
    SignalList,
    Site,
    SourceList,
    SynonymList,
    Term,
    Topic,
    TopicList,
)
from macros.models.plans import (
    CampaignDay,
    Damage,
    Duty,
    Fact,
    LeftOut,
    NamedPlace,
    Plan,
    Project,
    Quantity,
    Risk,
    Section,
    Target,
    Task,
)
from macros.models.quizzes import Band, Drawing, Option, Question, Quiz, Reference
from macros.models.records import ActivityRecord, Unit
from macros.models.regions import PROVINCES, Contact, Denominator, Region, ancestor_codes
from macros.models.scenarios import Said, Scenario, Turn, WrongChoice
from macros.models.schools import Stage
from macros.models.shelters import Shelter
from macros.models.sources import Citation, Document, Source

__all__ = [
    "PROVINCES", "ActivityRecord", "Article", "Band", "CampaignDay", "CampaignList", "Citation", "Contact", "ContactList", "Damage", "Denominator",
    "Document", "Drawing", "Duty", "DutyList", "Fact", "Glossary", "Guide", "Hazard", "Instruction", "LeftOut", "Line", "Myth", "NamedPlace", "Option", "Part", "Plan",
    "Project", "Quantity", "Question", "Quiz", "Record", "Reference", "Region", "Review", "Risk", "Said", "Scenario", "Section", "Shelter", "Signal", "SignalLevel", "SignalList", "Site", "Source", "SourceList", "Stage", "Step", "SynonymList", "Target",
    "Task", "Term", "Topic", "TopicList", "Turn", "Unit", "WrongChoice", "ancestor_codes",
]  # fmt: skip
