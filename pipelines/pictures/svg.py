"""An SVG made anew from a list of what is allowed: shapes, text and colours, nothing that acts.

Source of the names: SVG 2 (W3C). What is left out on purpose: scripts, event handlers, animation,
foreignObject, images and every reference beyond the file, filters, patterns and masks (they can be
nested until a browser stops), and styles that could load something.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from pipelines.pictures.refused import RefusedPictureError
from pipelines.pictures.svg_names import ATTRIBUTES, ELEMENTS, PRESENTATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_SHAPES: Final = 20_000
"""Elements as drawn: one that is used ten times counts ten times."""
MAX_DEPTH: Final = 60
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_SPEAKING: Final = frozenset({"", _SVG, _XLINK, "http://www.w3.org/1999/xhtml"})
"""Namespaces that a browser acts on."""
_DECLARES: Final = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

# A link and a choice are drawn as the group they are.
_AS_GROUP: Final = frozenset({"a", "switch"})
_OWN_REFERENCE: Final = re.compile(r"""url\(\s*["']?#[^"'()\s\\]+["']?\s*\)""")
# What clips is drawn for every element that it clips.
_CLIP: Final = re.compile(r"""clip-path\s*:\s*url\(\s*["']?#([^"'()\s]+)""", re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}?")
_OF_CLASSES: Final = re.compile(r"\s*\.[\w-]+\s*(,\s*\.[\w-]+\s*)*")
# What a value could use to leave the file, or to hide that it does.
_LEAVES: Final = re.compile(r"url|:|\\|/\*|@|expression|javascript|image|src|&|<", re.IGNORECASE)


@dataclass(frozen=True)
class CleanSvg:
    """The picture as it may be shown, and what was taken out of it (name and how often)."""

    content: bytes
    removed: dict[str, int]


def clean_svg(content: bytes) -> CleanSvg:
    """The picture with what is allowed and nothing else; raises RefusedPictureError."""
    root = _parse(content)
    removed: Counter[str] = Counter()
    if root.tag != f"{{{_SVG}}}svg":
        raise RefusedPictureError("damaged")
    clean = _element(root, removed, depth=0, in_marker=False)
    if clean is None or all(
        one.tag in {"svg", "g", "defs", "title", "desc", "style"} for one in clean.iter()
    ):
        raise RefusedPictureError("nothing_left")
    _require_drawable(clean)
    clean.set("xmlns", _SVG)
    return CleanSvg(ET.tostring(clean, encoding="utf-8", xml_declaration=True), dict(removed))


def _parse(content: bytes) -> ET.Element:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedPictureError("encoding") from None
    if _DECLARES.search(text):
        raise RefusedPictureError("doctype")
    parser = ET.XMLParser()  # noqa: S314 - nothing is declared in it: see above
    try:
        # As text: an encoding that the file declares for itself changes nothing.
        parser.feed(text)
        root = parser.close()
    except ET.ParseError as error:
        raise RefusedPictureError("damaged") from error
    if not isinstance(root, ET.Element):
        raise RefusedPictureError("damaged")
    return root


def _element(
    source: ET.Element, removed: Counter[str], *, depth: int, in_marker: bool
) -> ET.Element | None:
    """The element with its allowed attributes and children; None where it is not allowed."""
    if depth > MAX_DEPTH:
        raise RefusedPictureError("too_complex")
    name = _name(source.tag, _SVG)
    if name not in ELEMENTS or (name == "style" and not _is_plain_sheet(source.text or "")):
        _note(removed, source.tag, "")
        return None
    clean = ET.Element("g" if name in _AS_GROUP else name)
    for key, value in source.attrib.items():
        kept = _attribute(name, key, value, in_marker=in_marker)
        if kept is None:
            _note(removed, key, "@")
        else:
            clean.set(*kept)
    clean.text, clean.tail = source.text, source.tail
    if name == "style":
        return clean
    inside = in_marker or name == "marker"
    for child in source:
        kept_child = _element(child, removed, depth=depth + 1, in_marker=inside)
        if kept_child is not None:
            clean.append(kept_child)
        elif child.tail and name in {"text", "tspan"}:
            _append_text(clean, child.tail)
    return clean


def _attribute(element: str, key: str, value: str, *, in_marker: bool) -> tuple[str, str] | None:
    """The attribute as it may stand, or None."""
    name = _name(key, "", _XLINK)
    if name == "href":
        refers = element in {"use", "textPath", "linearGradient", "radialGradient"}
        return (
            (name, value.strip())
            if refers and re.fullmatch(r"#[^\s\"'<>&]+", value.strip())
            else None
        )
    if key.startswith("{"):
        return ("xml:space", "preserve") if key.endswith("}space") and value == "preserve" else None
    if name == "style":
        return (name, kept) if (kept := _declarations(value, in_marker=in_marker)) else None
    if name in PRESENTATION:
        return (name, value) if _is_plain(name, value, in_marker=in_marker) else None
    return (name, value) if name in ATTRIBUTES and not _LEAVES.search(value) else None


def _declarations(style: str, *, in_marker: bool) -> str:
    """The declarations of a style attribute that draw; none where one of them could load something."""
    kept = []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if _LEAVES.search(_OWN_REFERENCE.sub("", value)):
            return ""
        if name in PRESENTATION and _is_plain(name, value, in_marker=in_marker):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def _is_plain(name: str, value: str, *, in_marker: bool) -> bool:
    """Whether a value names nothing but itself and parts of this file."""
    if in_marker and name.startswith("marker"):
        return False  # markers on the lines of markers grow without end
    return not _LEAVES.search(_OWN_REFERENCE.sub("", value))


def _is_plain_sheet(text: str) -> bool:
    """Whether a style sheet only gives colours and lines; clips by class alone, as programs write them."""
    if _LEAVES.search(_OWN_REFERENCE.sub("", text).replace(":", "")):
        return False
    return all(_OF_CLASSES.fullmatch(selector) for selector, _ in _rules_that_clip(text))


def _require_drawable(root: ET.Element) -> None:
    """Refuse what would be drawn too often: `use` of `use` of `use`, clips of clips, or in a circle."""
    by_id = {id_: one for one in root.iter() if (id_ := one.get("id"))}
    by_class = _clips_by_class(root)
    drawn: dict[int, int] = {}
    open_now: set[int] = set()

    def count(one: ET.Element, depth: int) -> int:
        if id(one) in open_now or depth > MAX_DEPTH * 2:
            raise RefusedPictureError("too_complex")
        if id(one) not in drawn:
            open_now.add(id(one))
            total = 1 + sum(count(child, depth + 1) for child in one)
            total += sum(
                count(by_id[name], depth + 1) for name in _drawn_for(one, by_class) if name in by_id
            )
            open_now.discard(id(one))
            drawn[id(one)] = min(total, MAX_SHAPES + 1)
        return drawn[id(one)]

    if count(root, 0) > MAX_SHAPES:
        raise RefusedPictureError("too_complex")


def _drawn_for(one: ET.Element, by_class: Mapping[str, set[str]]) -> Iterator[str]:
    """The IDs of what is drawn anew for an element: what it uses, and what clips it."""
    if one.tag == "use":
        yield (one.get("href") or "#")[1:]
    yield from _CLIP.findall(f"clip-path:{one.get('clip-path')};{one.get('style')}")
    for name in (one.get("class") or "").split():
        yield from by_class.get(name, ())


def _clips_by_class(root: ET.Element) -> dict[str, set[str]]:
    """The IDs of what clips the elements of a class, as the style sheets say."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in root.iter("style"):
        for selector, body in _rules_that_clip(sheet.text or ""):
            for name in selector.replace(".", " ").replace(",", " ").split():
                found[name].update(_CLIP.findall(body))
    return dict(found)


def _rules_that_clip(sheet: str) -> list[tuple[str, str]]:
    """Selector and body of the rules of a style sheet that name a clip."""
    return [
        (selector, body) for selector, body in _RULE.findall(sheet) if "clip-path" in body.lower()
    ]


def _append_text(parent: ET.Element, text: str) -> None:
    """Text that stood behind what was taken out."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _name(tag: object, *spaces: str) -> str:
    """A name without its namespace, where that is one of `spaces`; "" for any other."""
    if not isinstance(tag, str):
        return ""
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return local if space in spaces else ""


def _note(removed: Counter[str], tag: object, mark: str) -> None:
    """Count what was taken out; what a drawing program noted for itself is no part of the picture."""
    space, _, local = str(tag).rpartition("}")
    if space.removeprefix("{") in _SPEAKING:
        removed[f"{mark}{local[:40]}"] += 1
