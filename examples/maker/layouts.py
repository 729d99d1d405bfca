"""The thirteen templates found in the invented schools: which labels each holds, in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from .passports import FIELDS, Passport


@dataclass(frozen=True)
class Layout:
    """One template. `labels` runs field key → the words this template prints for it."""

    number: int
    name: str
    suffix: str
    title: str
    files: int
    labels: dict[str, str]
    empty: str = ""  # what the template leaves standing where nobody wrote anything
    extra: dict[str, str] = field(default_factory=dict)  # labels that belong to no field

    def held(self, passport: Passport) -> dict[str, str]:
        """The fields a file in this layout really holds for this passport, with their text."""
        texts = {key: passport.text(key) for key in FIELDS if key in self.labels}
        return {key: text for key, text in texts.items() if text}


LAYOUTS = (
    Layout(1, "word-headings", ".docx", "One page profile", 8, {
        "pupil_name": "My name", "about_me": "What people like and admire about me",
        "important_to_me": "What is important to me", "strategies": "How best to support me",
        "needs": "What I find difficult", "avoid": "What does not help me",
        "parent_view": "What my family say", "contributors": "Who helped to write this",
        "review_date": "Review date",
    }),
    Layout(2, "word-table-label-left", ".docx", "Pupil Passport", 8, {
        "pupil_name": "Pupil name", "class_group": "Class", "about_me": "My strengths",
        "important_to_me": "What matters to me", "needs": "I find it difficult to",
        "strategies": "It would help me if you", "avoid": "Please don’t",
        "my_part": "I will help myself by", "access_arrangements": "Access arrangements",
        "aspirations": "My hopes for the future", "parent_view": "Parents’ views",
        "contributors": "Written with", "owner": "Passport kept by",
        "review_date": "Date of next review",
    }, extra={"Attendance": "94.2%"}),
    Layout(3, "word-table-label-above", ".docx", "SEN Pupil Profile 2026–27", 6, {
        "pupil_name": "Name", "class_group": "Year and form", "review_date": "Review by",
        "about_me": "Things I am good at", "important_to_me": "Things that matter to me",
        "needs": "Things I find tricky", "strategies": "Strategies that work for me",
        "avoid": "Triggers", "access_arrangements": "Exam and test arrangements",
        "parent_view": "Parent or carer comment", "contributors": "Completed by",
    }, empty="N/A"),
    Layout(4, "word-bold-labels", ".docx", "All about me", 6, {
        "pupil_name": "Name", "about_me": "What people appreciate about me",
        "important_to_me": "What is important to me", "needs": "I would like you to know that",
        "strategies": "You can help me by", "my_part": "I will help myself by",
        "owner": "My key person", "review_date": "To be reviewed on",
    }),
    Layout(5, "word-text-boxes", ".docx", "This is me!", 4, {
        "pupil_name": "I am", "about_me": "My superpowers", "important_to_me": "My favourites",
        "needs": "What I find hard", "strategies": "How you can help me",
        "avoid": "What makes it worse", "aspirations": "My dreams",
        "parent_view": "What my parents think",
    }),
    Layout(6, "word-content-controls", ".docx", "Learner passport (form)", 5, {
        "pupil_name": "Learner’s name", "class_group": "Tutor group",
        "about_me": "My strengths and interests", "needs": "My barriers to learning",
        "strategies": "Support strategies", "avoid": "Strategies to avoid",
        "access_arrangements": "Exam access arrangements", "parent_view": "Views of parents",
        "contributors": "People who contributed", "owner": "SENDCo",
        "review_date": "Next review",
    }, empty="Click or tap here to enter text."),
    Layout(7, "word-bullets", ".docx", "Pen portrait", 6, {
        "pupil_name": "Name", "class_group": "Class", "about_me": "What I am good at",
        "needs": "What I struggle with", "strategies": "What works for me",
        "avoid": "What doesn’t work for me", "my_part": "What I can do for myself",
        "aspirations": "When I am older", "review_date": "Review date", "owner": "SENCo",
    }),
    Layout(8, "word-inline-labels", ".docx", "SEND information for staff", 5, {
        "pupil_name": "Student", "class_group": "Form", "needs": "Areas of difficulty",
        "about_me": "Strengths", "strategies": "Classroom strategies", "avoid": "Avoid",
        "access_arrangements": "Access arrangements", "owner": "Key worker",
        "review_date": "Review", "contributors": "Contributors",
    }, extra={"Reading age": "8 years 4 months"}),
    Layout(9, "word-two-column-grid", ".docx", "My passport to learning", 4, {
        "pupil_name": "My name is", "about_me": "I am proud of", "important_to_me": "I care about",
        "needs": "I get stuck when", "strategies": "Adults can help me by",
        "avoid": "It does not help when", "my_part": "I can help myself by",
        "parent_view": "At home they say", "review_date": "We will look at this again on",
    }),
    Layout(10, "pdf-headings", ".pdf", "Personal learning profile", 3, {
        "pupil_name": "Name", "class_group": "Class", "about_me": "About me",
        "important_to_me": "Important to me", "needs": "My needs",
        "strategies": "Ways to support me", "avoid": "Things to avoid",
        "access_arrangements": "Arrangements for tests", "parent_view": "Parent view",
        "owner": "Owner", "review_date": "Review date",
    }),
    Layout(11, "pdf-two-columns", ".pdf", "Pupil snapshot", 3, {
        "pupil_name": "Pupil", "class_group": "Year group", "about_me": "My strengths are",
        "needs": "My difficulties are", "strategies": "Please help me by",
        "avoid": "Please avoid", "aspirations": "My ambitions",
        "parent_view": "My parents’ view", "review_date": "Review on",
    }),
    Layout(12, "text-capitals", ".txt", "PUPIL PROFILE", 3, {
        "pupil_name": "Name", "class_group": "Class", "about_me": "LIKES AND STRENGTHS",
        "needs": "DIFFICULTIES", "strategies": "HELPFUL STRATEGIES", "avoid": "UNHELPFUL",
        "contributors": "WRITTEN BY", "review_date": "Review date",
    }),
    Layout(13, "odt-headings", ".odt", "Our one-page plan", 3, {
        "pupil_name": "Who I am", "about_me": "What others value in me",
        "important_to_me": "What I need in my life", "needs": "What is hard for me",
        "strategies": "What good support looks like", "my_part": "My own part",
        "parent_view": "My family’s view", "contributors": "Made together with",
        "review_date": "When we look again",
    }),
)  # fmt: skip


def files_planned() -> int:
    """How many readable passports there are over all layouts."""
    return sum(layout.files for layout in LAYOUTS)
