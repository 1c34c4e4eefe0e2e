"""Our own scripts and style sheets use nothing newer than Chrome 109, the last one that Windows 7 runs."""

import re
from collections.abc import Iterator

import pytest

from tests.source_tree import files, place, verdict

NEWEST_CHROME = 109
# What a writer of today reaches for, the Chrome that first had it, and where to look.
SCRIPT_NEWS = [
    (r"\bArray\.fromAsync\b", 121),
    (r"\bPromise\.withResolvers\b", 119),
    (r"\bPromise\.try\b", 128),
    (r"\.to(?:Sorted|Reversed|Spliced)\(", 110),
    (r"\.with\(", 110),
    (r"\b(?:Object|Map)\.groupBy\b", 117),
    (r"\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(", 122),
    (r"\bIterator\.from\b", 122),
    (r"\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|toArray|reduce|forEach|some|every)\(", 122),
    (r"\bURL\.canParse\b", 120),
    (r"\bURL\.parse\b", 126),
    (r"\.(?:isWellFormed|toWellFormed)\(", 111),
    (r"\bRegExp\.escape\b", 136),
    (r"/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(|\(\?[ims-]+:", 112),
    (r"\bAbortSignal\.any\b", 116),
    (r"\bIntl\.DurationFormat\b", 129),
    (r"\bUint8Array\.from(?:Base64|Hex)\b|\.to(?:Base64|Hex)\(", 140),
    (r"\bscheduler\.yield\b", 129),
    (r"\bstartViewTransition\b", 111),
    (r"\b(?:show|hide|toggle)Popover\b|\bpopover\b", 114),
    (r"\b(?:setHTMLUnsafe|parseHTMLUnsafe|getHTML|moveBefore)\(", 124),
    (r"\bimport\b[^;\n]*\bwith\s*\{", 123),
    (r"(?:^|[;{]\s*)(?:await\s+)?using\s+\w+\s*=", 134),
]
STYLE_NEWS = [
    (r"@scope\b", 118),
    (r"@starting-style\b", 117),
    (r"@(?:position-try|view-transition|function)\b", 123),
    (r"\bcolor-mix\(", 111),
    (r"\b(?:oklch|oklab|lch|lab|color)\(", 111),
    (r"\b(?:rgb|hsl)a?\(\s*from\b", 119),
    (r"\blight-dark\(", 123),
    (r"\b(?:sin|cos|tan|asin|acos|atan|atan2)\(", 111),
    (r"\b(?:pow|sqrt|hypot|log|exp)\(", 120),
    (r"(?<![\w-])(?:round|mod|rem|abs|sign)\(", 125),
    (r"\bcalc-size\(|\binterpolate-size\b", 129),
    (r"\bsubgrid\b", 117),
    (r"\btext-wrap\b|\bwhite-space-collapse\b", 114),
    (r"\btransition-behavior\b", 117),
    (r"\bfield-sizing\b", 123),
    (r"\bscrollbar-(?:color|width)\b", 121),
    (r"\banchor(?:-name|-size)?\s*[:(]|\bposition-(?:anchor|area)\b", 125),
    (r"\banimation-timeline\b|\b(?:scroll|view)-timeline\b", 115),
    (r":user-(?:in)?valid\b", 119),
    (r":popover-open\b", 114),
    (r":dir\(", 120),
    (r"::details-content\b|:open\b", 131),
    (r"@container\s+[^{]*style\(", 111),
    (r"\(\s*(?:scripting|prefers-reduced-transparency)\b", 118),
]
NEWS = {".js": SCRIPT_NEWS, ".css": STYLE_NEWS}


def without_comments(text: str) -> str:
    """The text with its comments blanked and its lines kept."""
    comment = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
    return comment.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def too_new(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """Line and sentence for each construct that Chrome 109 does not know."""
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        for pattern, chrome in NEWS[suffix]:
            found = re.search(pattern, line)
            if found:
                yield number, f"{found[0].strip()} came with Chrome {chrome}"


def nested_rules(text: str) -> Iterator[int]:
    """Lines of style rules inside another style rule: nesting came with Chrome 112, and 109 drops the inner one."""
    plain = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', without_comments(text))
    open_rules: list[bool] = []
    start = 0
    for found in re.finditer(r"[{};]", plain):
        if found[0] == "{":
            is_style_rule = not plain[start : found.start()].strip().startswith("@")
            if any(open_rules):
                yield plain.count("\n", 0, found.start()) + 1
            open_rules.append(is_style_rule)
        elif found[0] == "}" and open_rules:
            open_rules.pop()
        start = found.end()


def test_assets_use_nothing_newer_than_the_oldest_browser() -> None:
    offences = [
        f"{place(path, line)} {sentence}"
        for path in files(*NEWS, parts=["portal"])
        for line, sentence in too_new(path.read_text("utf-8"), path.suffix)
    ]
    why = f"District offices still run Chrome {NEWEST_CHROME} on Windows 7: write it the older way."
    assert not offences, verdict(offences, why)


def test_style_rules_are_not_nested() -> None:
    offences = [
        place(path, line) for path in files(".css", parts=["portal"]) for line in nested_rules(path.read_text("utf-8"))
    ]
    assert not offences, verdict(offences, "Nesting came with Chrome 112, and 109 drops the inner rule: write it out.")


def test_every_news_is_newer_than_the_oldest_browser() -> None:
    assert {chrome for news in NEWS.values() for _, chrome in news if chrome <= NEWEST_CHROME} == set()


@pytest.mark.parametrize(
    ("suffix", "bad"),
    [
        (".js", "const rows = all.toSorted();"),
        (".js", "const next = rows.with(0, row);"),
        (".js", "const { promise } = Promise.withResolvers();"),
        (".js", "const both = left.union(right);"),
        (".js", "const found = map.values().filter(isOpen);"),
        (".js", "if (URL.canParse(text)) go();"),
        (".css", "a { color: color-mix(in srgb, red, blue); }"),
        (".css", "h1 { text-wrap: balance; }"),
        (".css", "a { color: light-dark(#000, #fff); }"),
        (".css", "div { grid-template-rows: subgrid; }"),
        (".css", "@scope (.card) { a { color: red; } }"),
    ],
)
def test_news_are_found(suffix: str, bad: str) -> None:
    assert len(list(too_new(bad, suffix))) == 1


@pytest.mark.parametrize(
    ("suffix", "good"),
    [
        (".js", "const rows = [...all].sort(compare); // not toSorted("),
        (".js", "const row = rows.at(-1); rows.filter(isOpen); Object.entries(names).map(draw);"),
        (".js", "const found = /[ivx]/.test(text) && rows.values(); const address = 'http://127.0.0.1/';"),
        (".css", "/* color-mix( came later */ a:has(b) { min-height: 100dvh; inset: 0; color: rgb(0 0 0 / 50%); }"),
        (".css", "a { transform: rotate(3deg); width: calc(100% - 1rem); background-color: red; scroll-margin: 1px; }"),
    ],
)
def test_what_the_oldest_browser_knows_is_no_news(suffix: str, good: str) -> None:
    assert list(too_new(good, suffix)) == []


def test_nesting_is_told_from_grouping() -> None:
    grouped = "@media (min-width: 30em) {\n  a { color: red; }\n  b { color: blue; }\n}\n@layer x { c { top: 0; } }"
    nested = 'a {\n  content: "{";\n  &:hover { color: red; }\n}\nb {\n  @media print { color: black; }\n}'
    assert (list(nested_rules(grouped)), list(nested_rules(nested))) == ([], [3, 6])
