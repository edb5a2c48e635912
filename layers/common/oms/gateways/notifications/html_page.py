"""A message as HTML: the same words as the plain text, so that nothing is said in one alone.

Values were put in already, so all of it is escaped here, once; links are what begins with https. A
named link shows its name, not its address.
"""

from __future__ import annotations

import re
from html import escape

LINK = re.compile(r"https://[^\s<>\"]+")
NAMED = re.compile(r"^([^:]{2,40}?) ?: (.+)$")  # "Tracking number: SW1"
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body style="margin:0;background:#f4f4f2;color:#222;font:16px/1.5 Helvetica,Arial,sans-serif">
<div style="max-width:560px;margin:24px auto;padding:32px;background:#fff;border-radius:8px">
<h1 style="margin:0 0 24px;font-size:22px;line-height:1.3">{title}</h1>
{body}
</div></body></html>
"""
PARAGRAPH = '<p style="margin:0 0 16px;overflow-wrap:anywhere">{}</p>'


def page(subject: str, body: str) -> str:
    """`body`: plain text; empty lines part paragraphs."""
    paragraphs = [each for each in body.strip().split("\n\n") if each]
    shown = [PARAGRAPH.format("<br>\n".join(map(_line, each.split("\n")))) for each in paragraphs]
    return PAGE.format(title=escape(subject), body="\n".join(shown))


def _line(text: str) -> str:
    if named := NAMED.match(text):
        name, value = named.groups()
        if LINK.fullmatch(value):
            return f'<a href="{escape(value)}">{escape(name)}</a>'
        return f"{escape(name)}: <strong>{_linked(value)}</strong>"
    return _linked(text)


def _linked(text: str) -> str:
    parts, at = [], 0
    for found in LINK.finditer(text):
        url = escape(found.group())
        parts += [escape(text[at : found.start()]), f'<a href="{url}">{url}</a>']
        at = found.end()
    return "".join([*parts, escape(text[at:])])
