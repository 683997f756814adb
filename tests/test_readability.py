"""Sentences, words, syllables and the grade, against published examples and a dictionary."""

import pytest

from callover.readability import grade, longest, sentences, syllables, words, worst

# ---------------------------------------------------------------- sentences and words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell. It rose! Why?", ["It fell.", "It rose!", "Why?"]),
        ("It was 87.07 per cent. Then 5%. Next", ["It was 87.07 per cent.", "Then 5%.", "Next"]),
        ("On 3.4.2016 it fell. 12 came.", ["On 3.4.2016 it fell.", "12 came."]),
        (
            "Partners, e.g. CSP members, met No. 2, St. Ann. MARAC met.",
            ["Partners, e.g. CSP members, met No. 2, St. Ann.", "MARAC met."],
        ),
        ('She said "Go." Then he went.', ['She said "Go."', "Then he went."]),
        ("It fell (a lot.) It rose.", ["It fell (a lot.)", "It rose."]),
        ("It fell... and rose. it is one.", ["It fell... and rose. it is one."]),
        ("A line\ngoes on.\n\nA paragraph\n- an item\n- two",
         ["A line goes on.", "A paragraph", "an item", "two"]),
        ("First.\n\n- one\n- two", ["First.", "one", "two"]),
        ("Of £3. £4 is more.", ["Of £3.", "£4 is more."]),
        ("", []),
        (" - \n\n . ", []),
    ],
)  # fmt: skip
def test_a_text_is_split_into_sentences(text, found):
    assert sentences(text) == found


def test_words_are_counted_with_figures_and_without_signs():
    found = words("That is 36 fewer (down 8%) - year-to-date & more.")
    assert found == ["That", "is", "36", "fewer", "(down", "8%)", "year-to-date", "more."]
    assert longest(["One two.", "One two three.", "One."]) == 3
    assert longest([]) == 0


# ---------------------------------------------------------------- the grade


@pytest.mark.parametrize(
    ("text", "sounded", "level"),
    [
        # Examples of the formula in general reference works, with their counts.
        ("The cat sat on the mat.", 6, -1.45),
        (
            "This sentence, taken as a reading passage unto itself, "
            "is being used to prove a point.",
            23,
            7.61,
        ),
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            24,
            11.26,
        ),
        # By hand: 15 words in 2 sentences.
        ("There were 397 crimes in June. That is 36 fewer than in the June before.", 17, 0.71),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(text, sounded, level):
    assert sum(map(syllables, words(text))) == sounded
    assert grade(text) == pytest.approx(level, abs=0.01)


def test_nothing_has_no_grade():
    assert grade("") == 0
    assert grade(" - ") == 0


def test_the_worst_sentence_is_the_longest_if_too_long_and_else_the_hardest():
    short, hard = "It fell a lot last year.", "Multidisciplinary organisations coordinate it well."
    assert worst([short, hard, "Rehabilitation."]) == hard
    assert worst([short, hard, "go " * 36]) == "go " * 36
    assert worst([short, hard, "go " * 35]) == hard
    assert worst(["Rehabilitation.", "It fell."]) == "Rehabilitation."
    assert worst([]) == ""


# ---------------------------------------------------------------- syllables

#: The words our pages use most, by the syllables that a dictionary of British English gives them.
DICTIONARY = {
    1: """
        a age aged aim aims all and are as at bad based been best black blue both by call
        called calls case's cause chance change chart charts closed count counts crime crimes
        day days does down drug drugs each fall fell fire first for from gives good green guns
        half has hate have heard here high home homes house in is it job knife last law league
        least less life like likes line lines list low made make makes month months months'
        more most next no not of on one our page part parts phone place range rate red rise
        rose scale share shares show showed shown shows sign signs source state states street
        sum sums tell than that the theft thefts them there these they this those though
        through to told trend up used was we week weeks were what when where which while white
        who whole why with word words work worked works worse worst year year's years yes
        young youth
    """,
    2: """
        above action actions added adult adults after against ancient answer answers April
        August Barnet baseline basement before being below better between beyond borough
        burglars buying careful careless cases causes changes children cities city closer
        column compare council counted counties county damage's decrease district doesn't
        doing double doubled ended fewer figure figures fraction going handle handled homeless
        hopeful houses increase isn't later latest lifetime listed little London many matches
        measure measures meeting meetings mention million minutes money nation needed notice
        number numbers offence only other others over pages partner partners patient people
        percent percent's person persons pieces player police posted prices printed prison
        private public quarter quarters question raises rated rating reason region report
        reports safely safety second section seeing service settled simple social someone
        something sometimes special started statement statements staying stories story student
        survey surveys table tables target targets tested timely total totals trouble trying
        under useful very victim victims wanted wasn't women
    """,
    3: """
        actual annual another anyone area areas article articles audience average average's
        burglary commission completed condition continue continued contribute December decided
        decision detection different direction document documents domestic earlier easier
        element employee estimate estimates everyone everything example examples exception
        family general glossary government history hospital however idea important improvement
        influence interval management national November October offences officer officers
        partnership partnerships period periods possible prevention previous projected
        protection provider provision recorded regular reoffend resident revision robbery
        September serious settlement successful together usual various vehicle vehicles
        violence violent visible yesterday
    """,
    4: """
        ability activity American anybody application authority available category community
        community's comparison coordinate definition delivery education estimated estimating
        evaluate everybody experience February indicated indicator information January
        material monitoring necessary operation population prioritise priority publication
        reliable reoffender secondary situation society television variety violation
    """,
    5: """
        association communication evaluation individual investigation opportunity organisation
        organisations university
    """,
    6: """
        deterioration rehabilitation responsibility
    """,
}
COUNTED = [(word, count) for count, text in DICTIONARY.items() for word in text.split()]


def test_common_words_have_the_syllables_of_the_dictionary():
    assert len(COUNTED) > 400
    wrong = [(word, count, syllables(word)) for word, count in COUNTED if syllables(word) != count]
    assert len(wrong) <= len(COUNTED) * 0.02, wrong
    assert sum(syllables(word) for word, _ in COUNTED) == pytest.approx(
        sum(count for _, count in COUNTED), rel=0.005
    )


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("1,386", 1), ("87.07", 1), ("5%", 1), ("2016/17", 1), ("[e]", 1), ("£1.2", 1),
        ("CSP", 3), ("ASB", 3), ("MARAC", 2), ("MOPAC", 2), ("BWV", 5),
        ("year-to-date", 3), ("anti-social", 4), ("Anti-social", 4), ("(crimes)", 1),
        ("partner's", 2), ("doesn't", 2), ("don't", 1), ("people's", 2), ("people’s", 2),
        ("table", 2), ("rated", 2), ("called", 1), ("doubled", 2), ("changes", 2), ("crimes", 1),
        ("league", 1), ("argue", 2), ("beyond", 2), ("trying", 2), ("safely", 2), ("area", 3),
        ("behaviour", 3), ("reoffending", 4), ("rehabilitation", 6), ("community", 4),
    ],
)  # fmt: skip
def test_hard_words_are_counted(word, count):
    assert syllables(word) == count
