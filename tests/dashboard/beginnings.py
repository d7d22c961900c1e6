"""The whole script as a person meets it at the start: pages, buttons, files that are brought."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import draft as drafts

HOUSE = Path(__file__).resolve().parents[2]
HEAD = "member_id,in_campaign,gender,birth_year,email_status,email_at,email_ref,mystery"


def people(rows=400, head=HEAD, *, broken=()):
    """The bytes of a people file; the rows named in `broken` have a cell too many."""
    lines = [head]
    for n in range(rows):
        said = "withdrawn" if n in (0, 8, 20) else "granted"
        cells = [f"m{n}", "true" if n % 4 < 2 else "false", "fm"[n % 2], str(1950 + n % 50)]
        cells += [said, "2026-03-01", f"form-{n}", "abc"[n % 3]]
        kept = [cell for cell, name in zip(cells, HEAD.split(","), strict=True) if name in head]
        lines.append(",".join([*kept, *(["more"] if n in broken else [])]))
    return "\n".join(lines).encode()


def first_page():
    app = AppTest.from_file(str(HOUSE / "dashboard/screen.py"), default_timeout=60).run()
    assert not app.exception
    return app


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def text(app):
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.error, *app.warning)
    return "\n".join(one.value for one in shown)


def title(app):
    [one] = app.title
    return one.value


def named(name="Winter evening", owner="Ana Silva"):
    """The start, come to the files."""
    app = press(first_page(), "Start with your own files")
    app.text_input(key="start name").set_value(name)
    app.text_input(key="start owner").set_value(owner)
    app.date_input(key="start launch").set_value(date(2026, 12, 1))
    return press(app, "Next")


def brought(app, content=None, name="members.csv", **others):
    """The files are brought and read; a page that tells how far it is is looked at again."""
    files = [(name, content or people(), "text/csv")]
    files += [(other.replace("_csv", ".csv"), told, "text/csv") for other, told in others.items()]
    app.file_uploader[0].set_value(files)
    return press(app, "Read them")


def told(app, regions="DE"):
    app.radio(key="start effect").set_value("opportunity")
    app.selectbox(key="start sector").set_value("general")
    app.text_input(key="start regions").set_value(regions)
    return press(app, "Look at it")


def the_draft(app):
    return drafts.find(app.query_params["draft"])
