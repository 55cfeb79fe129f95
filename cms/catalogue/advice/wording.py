"""What each finding of a check says, and what cures it, in the language of the moment."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class Words(NamedTuple):
    """The name of a check, what it says of a place, and what to do. Placeholders are the fields of the problem."""

    name: str
    sentence: str
    cure: str


WORDS: Mapping[str, Words] = {
    "picture_without_words": Words(
        gettext_noop("Picture without alternative text"),
        gettext_noop("The picture says nothing to people who cannot see it."),
        gettext_noop("Write in one sentence what it shows, or mark it as decoration."),
    ),
    "alternative_is_a_file_name": Words(
        gettext_noop("Alternative text is a file name"),
        gettext_noop("The alternative text “%(words)s” is a file name."),
        gettext_noop("Write what the picture shows, as you would say it on the telephone."),
    ),
    "video_without_words": Words(
        gettext_noop("Video without captions or transcript"),
        gettext_noop("People who cannot hear the video cannot follow it."),
        gettext_noop("Add a caption file (WebVTT) for each language, or at least a transcript."),
    ),
    "video_without_captions": Words(
        gettext_noop("Video without captions"),
        gettext_noop("The video has a transcript, but no captions."),
        gettext_noop("Add a caption file (WebVTT), so that the words stand beside the pictures."),
    ),
    "video_without_transcript": Words(
        gettext_noop("Video without a transcript"),
        gettext_noop("The video has no transcript for people on a slow line, or who neither see nor hear it."),
        gettext_noop("Paste what is said and shown into the transcript."),
    ),
    "sound_without_words": Words(
        gettext_noop("Recording without a transcript"),
        gettext_noop("People who cannot hear the recording miss it entirely."),
        gettext_noop("Paste what is said into the transcript."),
    ),
    "link_without_words": Words(
        gettext_noop("Link without words"),
        gettext_noop("A link to %(address)s has no words to click on."),
        gettext_noop("Write between the brackets where it leads: [words](address)."),
    ),
    "link_says_nothing": Words(
        gettext_noop("Link that says nothing"),
        gettext_noop("The link “%(words)s” does not say where it leads."),
        gettext_noop("Name what is there, for example [National Public Service Portal](%(address)s)."),
    ),
    "link_is_an_address": Words(
        gettext_noop("Link that is a bare address"),
        gettext_noop("The link shows its address, which a screen reader spells out."),
        gettext_noop("Name what is there: [words](%(address)s)."),
    ),
    "link_leads_nowhere": Words(
        gettext_noop("Link that leads nowhere"),
        gettext_noop("“%(words)s” leads to %(address)s, which is no address on the web."),
        gettext_noop("Begin the address with https://, or take the link out. For a file use a download block."),
    ),
    "link_is_dead": Words(
        gettext_noop("Dead link"),
        gettext_noop("“%(words)s” leads to %(address)s, which did not answer when it was last tried (%(answer)s)."),
        gettext_noop("Open it. If it is gone, find the new address or take the link out."),
    ),
    "picture_in_text": Words(
        gettext_noop("Picture in a text"),
        gettext_noop("A picture inside a text (%(address)s) is shown as a link only."),
        gettext_noop("Upload the picture as a file and add an image block."),
    ),
    "heading_without_words": Words(
        gettext_noop("Empty heading"),
        gettext_noop("A heading has no words."),
        gettext_noop("Write the heading, or take out the #."),
    ),
    "heading_skips_a_level": Words(
        gettext_noop("Heading that skips a level"),
        gettext_noop("The heading “%(words)s” is of level %(level)s, but the one before is of level %(after)s."),
        gettext_noop("Take away a #, so that levels go down one at a time."),
    ),
    "bold_as_heading": Words(
        gettext_noop("Bold line in place of a heading"),
        gettext_noop("The line “%(words)s” is bold and looks like a heading, but nobody can jump to it."),
        gettext_noop("Begin the line with ## in place of the asterisks, or join it to the paragraph."),
    ),
    "block_says_nothing": Words(
        gettext_noop("Empty block"),
        gettext_noop("The block is empty."),
        gettext_noop("Write something, or delete the block."),
    ),
    "hard_to_read": Words(
        gettext_noop("Hard to read"),
        gettext_noop(
            "The text asks for grade %(grade)s; those for whom it is read at grade %(line)s. Its longest sentence has "
            "%(words)s words: “%(sentence)s …”"
        ),
        gettext_noop("Make two sentences of it. Then look at the next longest."),
    ),
    "too_heavy": Words(
        gettext_noop("Heavier than the audience's line"),
        gettext_noop("Learners download %(megabytes)s MB; for this audience %(line)s MB is the most."),
        gettext_noop("Make pictures and videos smaller, or write a variant without them."),
    ),
    "heavier_than_said": Words(
        gettext_noop("Heavier than it says"),
        gettext_noop("The files of the body weigh %(megabytes)s MB together, but %(said)s MB is given."),
        gettext_noop("Write the right size: learners with a slow line choose by it."),
    ),
    "no_variant_in_language": Words(
        gettext_noop("No variant in a language"),
        gettext_noop("Learners are promised %(language)s, in which there is nothing. %(modules)s"),
        gettext_noop("Add a variant in that language, or take it from the languages of the course."),
    ),
    "without_body": Words(
        gettext_noop("Empty body"), gettext_noop("The body is empty."), gettext_noop("Add the first block.")
    ),
    "without_summary": Words(
        gettext_noop("No summary"),
        gettext_noop("The course has no summary: learners choose by it."),
        gettext_noop("Write in two or three sentences what one can do afterwards."),
    ),
    "without_modules": Words(
        gettext_noop("No modules"),
        gettext_noop("The course has no modules."),
        gettext_noop("Choose the modules in teaching order."),
    ),
    "without_teaches": Words(
        gettext_noop("Teaches nothing"),
        gettext_noop("The course does not say what it teaches."),
        gettext_noop("Add a competence and its level."),
    ),
    "without_feedback": Words(
        gettext_noop("No feedback"),
        gettext_noop("Whoever answers does not learn why."),
        gettext_noop("Explain the right answer in one or two sentences."),
    ),
    "without_correct": Words(
        gettext_noop("No right answer"),
        gettext_noop("The test item has no right answer."),
        gettext_noop("Name the codes of the right options, or the texts that count as right."),
    ),
}


ANSWERS: Mapping[str, str] = {
    "unreachable": gettext_noop("nobody answered"),
    "not_public": gettext_noop("it is no address of the public network"),
}
"""What is said of addresses besides the number of an HTTP status."""


def describe(code: str, fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a finding says, and what cures it."""
    words = WORDS[code]
    said = ANSWERS.get(fields.get("answer", ""))
    if said:
        fields = {**fields, "answer": _(said)}
    return _(words.sentence) % fields, _(words.cure) % fields


def name_of(code: str) -> str:
    """Return the name of a check's finding; the code itself where it is not one of these."""
    return _(WORDS[code].name) if code in WORDS else code
